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

-- The newest of them, or the newest after an article in that order. They are looked up in the newest weeks, as many as should hold
-- twice as many as are wanted, and in eight times as many if that was too few, until it is a quarter of the archive: then in all. The
-- index has the week beside the words, so that older texts are not read. Only texts that are given are ranked.
create or replace function live.newest_matches(q text, language text, until timestamptz, before uuid, most int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, rank real, asked_at timestamptz)
  language plpgsql stable parallel safe rows 100 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with recursive terms as materialized (select * from live.search_terms(q, language)),
  archive as materialized (
    select (select t.published_at from live.texts t order by t.published_at limit 1) as oldest,
           (select t.published_at from live.texts t order by t.published_at desc limit 1) as newest),
  attempts (share, ids) as (
    select least(2 * most / greatest(sum(s.found), 1)::double precision, 0.25), '{}'::uuid[] from terms s
    union all
    select n.share * 8, case
      when n.share < 0.25 then array(
        -- Materialized and with an offset, or the planner walks through all texts because of the limit.
        with matches as materialized (
          select found.*
          from terms s cross join lateral (
            select t.publication_id, t.published_at, t.article_id from live.texts t
            where t.words @@ s.whole and t.configuration = s.configuration
              and t.week && n.weeks and (until is null or (t.published_at, t.article_id) < (until, before))
            offset 0) found)
        select m.publication_id from matches m order by m.published_at desc, m.article_id desc limit most)
      else array(
        with matches as materialized (
          select found.*
          from terms s cross join lateral (
            select t.publication_id, t.published_at, t.article_id from live.texts t
            where t.words @@ s.whole and t.configuration = s.configuration
              and (until is null or (t.published_at, t.article_id) < (until, before))
            offset 0) found)
        select m.publication_id from matches m order by m.published_at desc, m.article_id desc limit most)
      end
    from (
      select a.share, array(
        select generate_series(live.week(e.ends - a.share * (e.newest - e.oldest)), live.week(e.ends))
        from (select c.oldest, c.newest, least(until, c.newest) as ends from archive c) e) as weeks
      from attempts a
      where a.share < 2 and cardinality(a.ids) < most) n)
  select t.publication_id, t.article_id, t.published_at,
         public.relevance(t.words, t.length / greatest(s.mean_length, 1), s.terms, s.weights, s.headline, s.standfirst), public.cms_now()
  from (select a.ids from attempts a order by a.share desc limit 1) last
  cross join lateral unnest(last.ids) as f (publication_id)
  -- The concatenation is a copy in memory; without it, the rank of each word reads the stored words again.
  join lateral (
    select l.publication_id, l.article_id, l.published_at, l.configuration, l.length, l.words || ''::tsvector as words
    from live.texts l where l.publication_id = f.publication_id offset 0) t on true
  join terms s on s.configuration = t.configuration;
end $$;
