-- requires: derived/revision_words
-- Writes the words by which editors find a working copy: those of its revision and, with weight D, those of its slug.
create or replace function public.make_working_copy_text(r public.revisions) returns void language plpgsql as $$
begin
  insert into public.working_copy_texts as t (article_id, revision, configuration, words)
  select r.article_id, r.number, c.name, public.revision_words(r, c.name) || public.text_words(r.slug, c.name, 'D')
  from public.search_configuration(r.language) c (name)
  on conflict (article_id) do update
    set revision = excluded.revision, configuration = excluded.configuration, words = excluded.words
    where t.revision <= excluded.revision
      and (t.revision, t.configuration, t.words) is distinct from (excluded.revision, excluded.configuration, excluded.words);
end $$;

create or replace function public.revision_makes_text() returns trigger language plpgsql as $$
begin
  perform public.make_working_copy_text(new);
  return null;
end $$;

create or replace trigger revisions_make_texts after insert on public.revisions
  for each row execute function public.revision_makes_text();

-- Makes the words of some articles anew; where nothing changed, nothing is written.
create or replace function public.remake_working_copy_texts(articles uuid[]) returns void language plpgsql as $$
begin
  perform public.make_working_copy_text(r)
  from public.articles a join public.revisions r on r.article_id = a.id and r.number = a.revision_number
  where a.id = any(articles);
end $$;

-- Fills what is missing; a migration that changes what is derived empties the table.
select public.remake_working_copy_texts(array(select a.id from public.articles a))
where not exists (select from public.working_copy_texts);
