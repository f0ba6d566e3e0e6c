-- The first page in a large newsroom: it asks once what the words mean, and reads of each age where the younger ones had too little.
-- Planned once a session, because planning takes longer than running.
create or replace function live.first_matches_by_age(q text, language text, most_ranked int, most int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, is_topical boolean, rank real, asked_at timestamptz)
  language plpgsql stable parallel safe rows 20 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with terms as materialized (select s.configuration, s.whole, s."any" from live.search_terms(q, language) s),
  topical as materialized (
    (select t.publication_id, t.article_id, t.published_at, t.topical, s."any"
     from terms s
     join live.texts_of_age(null, 0) t
       on t.configuration = s.configuration and t.words @@ s.whole and t.topical @@ s."any"
     order by t.published_at desc, t.article_id desc limit most_ranked)
    union all
    (select t.publication_id, t.article_id, t.published_at, t.topical, s."any"
     from terms s
     join live.texts_of_age(null, 1) t
       on t.configuration = s.configuration and t.words @@ s.whole and t.topical @@ s."any"
     order by t.published_at desc, t.article_id desc limit most_ranked)
    union all
    (select t.publication_id, t.article_id, t.published_at, t.topical, s."any"
     from terms s
     join live.texts_of_age(null, 2) t
       on t.configuration = s.configuration and t.words @@ s.whole and t.topical @@ s."any"
     order by t.published_at desc, t.article_id desc limit most_ranked)
    limit most_ranked),
  ranked as materialized (
    select t.publication_id, t.article_id, t.published_at, ts_rank(t.topical, t."any") as rank
    from topical t order by 4 desc, t.published_at desc, t.article_id desc limit most),
  rest as (
    (select t.publication_id, t.article_id, t.published_at
     from terms s
     join live.texts_of_age(null, 0) t
       on t.configuration = s.configuration and t.words @@ s.whole and not t.topical @@ s."any"
     where (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    union all
    (select t.publication_id, t.article_id, t.published_at
     from terms s
     join live.texts_of_age(null, 1) t
       on t.configuration = s.configuration and t.words @@ s.whole and not t.topical @@ s."any"
     where (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    union all
    (select t.publication_id, t.article_id, t.published_at
     from terms s
     join live.texts_of_age(null, 2) t
       on t.configuration = s.configuration and t.words @@ s.whole and not t.topical @@ s."any"
     where (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    limit most)
  select r.publication_id, r.article_id, r.published_at, true, r.rank, public.cms_now() from ranked r
  union all
  select r.publication_id, r.article_id, r.published_at, false, 0::real, public.cms_now() from rest r
  limit most;
end $$;

-- The first page of what words find and nothing else narrows: of the newest texts that are about the words those that are the most so,
-- then the newest of the rest. Where there is little to look through, one look at everything is less work than six at parts of it.
create or replace function live.first_matches(q text, language text, most_ranked int, most int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, is_topical boolean, rank real, asked_at timestamptz)
  language plpgsql stable parallel safe rows 20 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  if (select c.reltuples > 50000 from pg_class c where c.oid = 'public.publication_texts'::regclass) then
    return query select * from live.first_matches_by_age(q, language, most_ranked, most);
    return;
  end if;
  return query
  with terms as materialized (select s.configuration, s.whole, s."any" from live.search_terms(q, language) s),
  topical as materialized (
    select t.publication_id, t.article_id, t.published_at, t.topical, s."any"
    from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and t.topical @@ s."any"
    order by t.published_at desc, t.article_id desc limit most_ranked),
  ranked as materialized (
    select t.publication_id, t.article_id, t.published_at, ts_rank(t.topical, t."any") as rank
    from topical t order by 4 desc, t.published_at desc, t.article_id desc limit most),
  rest as (
    select t.publication_id, t.article_id, t.published_at
    from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and not t.topical @@ s."any"
    where (select count(*) from ranked) < most
    order by t.published_at desc, t.article_id desc limit most)
  select r.publication_id, r.article_id, r.published_at, true, r.rank, public.cms_now() from ranked r
  union all
  select r.publication_id, r.article_id, r.published_at, false, 0::real, public.cms_now() from rest r
  limit most;
end $$;
