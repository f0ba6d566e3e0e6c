-- requires: derived/word_counts, derived/revision_words
-- How many words a text has: BM25 sets it against the mean.
create or replace function public.count_places(words tsvector) returns int language plpgsql immutable strict parallel safe as $$
begin
  return (select coalesce(sum(cardinality(w.positions)), 0) from unnest(words) w);
end $$;

-- Writes the words of a publication. Readers search these alone, so that no draft can be found or measured. Those of a working copy are
-- there already, with its slug's (D), which are left out.
create or replace function public.make_publication_text(p public.publications) returns void language plpgsql as $$
begin
  with made as (
    select c.name as configuration,
           coalesce(
             (select ts_filter(w.words, '{a,b,c}') from public.working_copy_texts w
              where w.article_id = r.article_id and w.revision = r.number and w.configuration = c.name),
             public.revision_words(r, c.name)) as words
    from public.revisions r cross join lateral (select public.search_configuration(r.language) as name) c
    where r.article_id = p.article_id and r.number = p.revision)
  insert into public.publication_texts as t (
    publication_id, article_id, first_live_from, live_from, live_until, configuration, length, words)
  select p.id, p.article_id, p.first_live_from, p.live_from, p.live_until, m.configuration, public.count_places(m.words), m.words
  from made m
  on conflict (publication_id) do update
    set configuration = excluded.configuration, length = excluded.length, words = excluded.words
    where (t.configuration, t.words) is distinct from (excluded.configuration, excluded.words);
end $$;

create or replace function public.publication_makes_text() returns trigger language plpgsql as $$
begin
  perform public.make_publication_text(new);
  return null;
end $$;

create or replace trigger publications_make_texts after insert on public.publications
  for each row execute function public.publication_makes_text();

create or replace function public.publication_moves_text() returns trigger language plpgsql as $$
begin
  update public.publication_texts
  set first_live_from = new.first_live_from, live_from = new.live_from, live_until = new.live_until
  where publication_id = new.id;
  return null;
end $$;

create or replace trigger publications_move_texts after update of first_live_from, live_from, live_until on public.publications
  for each row execute function public.publication_moves_text();

-- Makes the words of some publications anew; where nothing changed, nothing is written.
create or replace function public.remake_publication_texts(publications uuid[]) returns void language plpgsql as $$
begin
  perform public.make_publication_text(p) from public.publications p where p.id = any(publications);
end $$;

-- Fills what is missing; a migration that changes what is derived empties the table.
select public.make_publication_text(p) from public.publications p
where not exists (select from public.publication_texts);
