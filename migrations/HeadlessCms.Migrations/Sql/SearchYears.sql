-- What is searched through from the newest on is told by two keys, its month and its year. Two years were twenty-four months: a word that is
-- common was looked up beside each of them, which took longer than all else. A year is told from a month by its sign.
create function ages_of(timestamptz) returns int[] language sql immutable strict parallel safe as $$
  select array[month_of($1), -extract(year from $1 at time zone 'UTC')::int]
$$;

drop index ix_publication_texts_words;
create index ix_publication_texts_words on publication_texts using gin (words, telling, (ages_of(first_live_from))) with (fastupdate = off);

alter view live.texts rename column months to ages;
create or replace view live.texts as
select t.publication_id, t.article_id, t.first_live_from as published_at, t.configuration, t.telling, t.words, ages_of(t.first_live_from) as ages
from public.publication_texts t
where t.live_from <= (select cms_now()) and (t.live_until is null or t.live_until > (select cms_now()));

-- The texts of one age: 0 is the month of an instant and the one before it, 1 what is older of that year and all of the year before, and 2 all that
-- is older still. Each is read where the younger ones had too little, and no text is of two. Where no instant is given it is that of the newest
-- story.
create or replace function live.texts_of_age(until timestamptz, age int) returns setof live.texts language sql stable parallel safe as $$
  select t.*
  from live.texts t
  where case age
    when 0 then t.ages && (select array[m, m - 1] from coalesce(month_of(until), (select n.month from live.newest_month n)) m)
    when 1 then t.ages && (select array[-(m / 12), 1 - m / 12] from coalesce(month_of(until), (select n.month from live.newest_month n)) m)
      and t.published_at < (select month_begins(m - 1) from coalesce(month_of(until), (select n.month from live.newest_month n)) m)
    else t.published_at < (select month_begins((m / 12 - 1) * 12) from coalesce(month_of(until), (select n.month from live.newest_month n)) m)
  end
$$;

-- Those of them that words find.
create or replace function live.matches_of_age(q text, language text, until timestamptz, age int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$
  select t.publication_id, t.article_id, t.published_at, t.telling @@ s."any", ts_rank(t.telling, s."any"), cms_now()
  from live.search_terms(q, language) s
  join live.texts_of_age(until, age) t on t.configuration = s.configuration and t.words @@ s.whole
$$;

-- The same by name: an age that is a parameter would be planned for all three.
create or replace function live.newest_matches(q text, language text, until timestamptz)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$ select * from live.matches_of_age(q, language, until, 0) $$;
create or replace function live.newer_matches(q text, language text, until timestamptz)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$ select * from live.matches_of_age(q, language, until, 1) $$;
create or replace function live.older_matches(q text, language text, until timestamptz)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$ select * from live.matches_of_age(q, language, until, 2) $$;

-- The first page in a large newsroom: it asks once what the words mean, and reads of each age where the younger ones had too little. Planned once a
-- session: to plan it takes longer than to run it.
create or replace function live.first_matches_by_age(q text, language text, most_ranked int, most int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language plpgsql stable parallel safe rows 20 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with terms as materialized (select s.configuration, s.whole, s."any" from live.search_terms(q, language) s),
  telling as materialized (
    (select t.publication_id, t.article_id, t.published_at, t.telling, s."any"
     from terms s join live.texts_of_age(null, 0) t on t.configuration = s.configuration and t.words @@ s.whole and t.telling @@ s."any"
     order by t.published_at desc, t.article_id desc limit most_ranked)
    union all
    (select t.publication_id, t.article_id, t.published_at, t.telling, s."any"
     from terms s join live.texts_of_age(null, 1) t on t.configuration = s.configuration and t.words @@ s.whole and t.telling @@ s."any"
     order by t.published_at desc, t.article_id desc limit most_ranked)
    union all
    (select t.publication_id, t.article_id, t.published_at, t.telling, s."any"
     from terms s join live.texts_of_age(null, 2) t on t.configuration = s.configuration and t.words @@ s.whole and t.telling @@ s."any"
     order by t.published_at desc, t.article_id desc limit most_ranked)
    limit most_ranked),
  ranked as materialized (
    select t.publication_id, t.article_id, t.published_at, ts_rank(t.telling, t."any") as rank
    from telling t order by 4 desc, t.published_at desc, t.article_id desc limit most),
  rest as (
    (select t.publication_id, t.article_id, t.published_at
     from terms s join live.texts_of_age(null, 0) t on t.configuration = s.configuration and t.words @@ s.whole and not t.telling @@ s."any"
     where (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    union all
    (select t.publication_id, t.article_id, t.published_at
     from terms s join live.texts_of_age(null, 1) t on t.configuration = s.configuration and t.words @@ s.whole and not t.telling @@ s."any"
     where (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    union all
    (select t.publication_id, t.article_id, t.published_at
     from terms s join live.texts_of_age(null, 2) t on t.configuration = s.configuration and t.words @@ s.whole and not t.telling @@ s."any"
     where (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    limit most)
  select r.publication_id, r.article_id, r.published_at, true, r.rank, cms_now() from ranked r
  union all
  select r.publication_id, r.article_id, r.published_at, false, 0::real, cms_now() from rest r
  limit most;
end $$;
