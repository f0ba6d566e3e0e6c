-- In how many texts of a configuration a word stands, for its weight in ranking. A text is counted when it is published, also one that is
-- not live now. The counts are near enough: whoever publishes while another transaction counts leaves its texts to the next, so nobody
-- waits; and a large newsroom counts several texts at once.
create or replace function public.count_words() returns trigger language plpgsql as $$
declare
  lot bigint := (select coalesce(sum(c.texts), 0) / 500 from public.search_configurations c);
  counted uuid[];
begin
  if (select count(*) < greatest(lot, 1) from (select from public.uncounted_texts limit greatest(lot, 1)) u)
    or not pg_try_advisory_xact_lock(hashtext('word_counts')) then
    return null;
  end if;
  with taken as (delete from public.uncounted_texts u returning u.publication_id)
  select array_agg(t.publication_id) into counted from taken t;

  insert into public.search_configurations as c (configuration, texts, words)
  select t.configuration, count(*), sum(t.length) from public.publication_texts t
  where t.publication_id = any(counted)
  group by t.configuration order by t.configuration
  on conflict (configuration) do update set texts = c.texts + excluded.texts, words = c.words + excluded.words;
  insert into public.word_counts as w (configuration, word, texts)
  select t.configuration, u.lexeme, count(*) from public.publication_texts t cross join lateral unnest(t.words) u
  where t.publication_id = any(counted)
  group by t.configuration, u.lexeme
  on conflict (configuration, word) do update set texts = w.texts + excluded.texts;
  return null;
end $$;

-- At the end of the transaction, so that a bulk request counts its texts together: the first row counts all, the others find none.
drop trigger if exists uncounted_texts_are_counted on public.uncounted_texts;
create constraint trigger uncounted_texts_are_counted after insert on public.uncounted_texts
  deferrable initially deferred for each row execute function public.count_words();

create or replace function public.text_is_uncounted() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into public.search_configurations
  select new.configuration
  where not exists (select from public.search_configurations c where c.configuration = new.configuration) -- or it waits for who counts
  on conflict do nothing;
  insert into public.uncounted_texts values (new.publication_id);
  return null;
end $$;

create or replace trigger publication_texts_are_counted after insert on public.publication_texts
  for each row execute function public.text_is_uncounted();

-- Counts all anew. Who publishes meanwhile leaves its texts to the next; readers see the old counts until this commits.
create or replace function public.recount_words() returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('word_counts'));
  delete from public.word_counts;
  update public.search_configurations set texts = 0, words = 0;
  with taken as (delete from public.uncounted_texts),
  sums as (
    insert into public.search_configurations as c (configuration, texts, words)
    select t.configuration, count(*), sum(t.length) from public.publication_texts t group by t.configuration
    on conflict (configuration) do update set texts = excluded.texts, words = excluded.words)
  insert into public.word_counts (configuration, word, texts)
  select t.configuration, u.lexeme, count(*) from public.publication_texts t cross join lateral unnest(t.words) u
  group by t.configuration, u.lexeme;
  delete from public.search_configurations where texts = 0;
end $$;
