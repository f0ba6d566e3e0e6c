-- requires: derived/revision_words, derived/publication_texts
-- Writes the words by which editors find a working copy: those of its revision and, with weight D, those of its slug. Where the words of a
-- publication say the same, they are kept there alone.
create or replace function public.make_working_copy_text(r public.revisions) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  c text := public.search_configuration(r.language);
  of_slug tsvector := public.text_words(replace(r.slug, '-', ' '), c, 'D');
begin
  if exists (
    select from public.publications p join public.publication_texts t on t.publication_id = p.id
    where p.article_id = r.article_id and p.revision = r.number and t.configuration = c
      and public.has_words(t.words, of_slug))
  then
    delete from public.working_copy_texts t where t.article_id = r.article_id and t.revision <= r.number;
    return;
  end if;
  insert into public.working_copy_texts as t (article_id, revision, configuration, words)
  values (r.article_id, r.number, c, public.revision_words(r, c) || of_slug)
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

-- When the transaction ends, because it may publish the revision.
drop trigger if exists revisions_make_texts on public.revisions; -- constraint triggers cannot be replaced
create constraint trigger revisions_make_texts after insert on public.revisions
  deferrable initially deferred for each row execute function public.revision_makes_text();

-- Makes the words of some articles anew; where nothing changed, nothing is written.
create or replace function public.remake_working_copy_texts(articles uuid[]) returns void language plpgsql as $$
begin
  perform public.make_working_copy_text(r)
  from public.articles a join public.revisions r on r.article_id = a.id and r.number = a.revision_number
  where a.id = any(articles);
end $$;
