-- requires: live/search_terms, live/texts
-- The live texts that words find, with their rank.
create or replace function live.matches(q text, language text)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$
  select t.publication_id, t.article_id, t.published_at,
         public.relevance(t.words, t.length / greatest(s.mean_length, 1), s.terms, s.weights, s.headline, s.standfirst), public.cms_now()
  from live.search_terms(q, language) s
  join live.texts t on t.configuration = s.configuration and t.words @@ s.whole
$$;

-- The newest of them, or the newest after an article in that order. The texts of a common word are read from the newest on until there
-- are enough; those of other words are all looked up in the index and sorted. Either way only texts that are given are ranked.
create or replace function live.newest_matches(q text, language text, until timestamptz, before uuid, most int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, rank real, asked_at timestamptz)
  language plpgsql stable parallel safe rows 100 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with terms as materialized (select * from live.search_terms(q, language)),
  guess as materialized (select sum(s.found) as found, sum(s.texts) as texts from terms s),
  newest as materialized (
    select t.publication_id
    from (
      select t.* from live.texts t
      where until is null or (t.published_at, t.article_id) < (until, before)
      order by t.published_at desc, t.article_id desc
      limit (select case when g.found * g.found > 2 * most * g.texts then 2 * most * g.texts / g.found else 0 end from guess g)) t
    join terms s on t.configuration = s.configuration and t.words @@ s.whole
    order by t.published_at desc, t.article_id desc
    limit most),
  enough as materialized (select count(*) = most as so from newest),
  found as (
    select n.* from newest n where (select e.so from enough e)
    union all
    (select t.publication_id
     from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole
     where (select not e.so from enough e) and (until is null or (t.published_at, t.article_id) < (until, before))
     order by t.published_at desc, t.article_id desc
     limit most))
  select t.publication_id, t.article_id, t.published_at,
         public.relevance(t.words, t.length / greatest(s.mean_length, 1), s.terms, s.weights, s.headline, s.standfirst), public.cms_now()
  from found f join live.texts t on t.publication_id = f.publication_id join terms s on s.configuration = t.configuration;
end $$;
