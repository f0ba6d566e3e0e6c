-- requires: derived/word_counts, derived/revision_words
-- How many words a text has: BM25 sets it against the mean.
create or replace function public.count_places(words tsvector) returns int language plpgsql immutable strict parallel safe as $$
begin
  return (select coalesce(sum(cardinality(w.positions)), 0) from unnest(words) w);
end $$;

-- Whether a text has all words of another one, wherever they stand.
create or replace function public.has_words(words tsvector, others tsvector) returns boolean language sql immutable strict parallel safe
  return ts_delete(others, tsvector_to_array(words)) = '';

-- Writes the words of a publication. Readers search these alone, so that no draft can be found or measured. Those of a working copy may be
-- there already, with its slug's (D), which are left out; editors find the working copy by the publication's words from then on.
create or replace function public.make_publication_text(p public.publications) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  c text := (
    select public.search_configuration(r.language) from public.revisions r where r.article_id = p.article_id and r.number = p.revision);
  made tsvector := (
    select ts_filter(w.words, '{a,b,c}') from public.working_copy_texts w
    where w.article_id = p.article_id and w.revision = p.revision and w.configuration = c);
begin
  if made is null then
    select public.revision_words(r, c) into made
    from public.revisions r where r.article_id = p.article_id and r.number = p.revision;
  end if;
  insert into public.publication_texts as t (
    publication_id, article_id, revision, first_live_from, live_from, live_until, configuration, length, words)
  values (p.id, p.article_id, p.revision, p.first_live_from, p.live_from, p.live_until, c, public.count_places(made), made)
  on conflict (publication_id) do update
    set configuration = excluded.configuration, length = excluded.length, words = excluded.words
    where (t.configuration, t.words) is distinct from (excluded.configuration, excluded.words);
  delete from public.working_copy_texts w
  where w.article_id = p.article_id and w.revision = p.revision and w.configuration = c
    and public.has_words(made, ts_filter(w.words, '{d}'));
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

