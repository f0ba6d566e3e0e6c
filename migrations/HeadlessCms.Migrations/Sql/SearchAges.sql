-- The months of the Christian era, counted: what is searched is looked through from the newest on, and most searches need no more than it.
create function month_of(timestamptz) returns int language sql immutable strict parallel safe as $$
  select (extract(year from $1 at time zone 'UTC') * 12 + extract(month from $1 at time zone 'UTC') - 1)::int
$$;
create function month_begins(int) returns timestamptz language sql immutable strict parallel safe as $$
  select make_timestamptz($1 / 12, $1 % 12 + 1, 1, 0, 0, 0, 'UTC')
$$;

-- An array, because a GIN index takes arrays as they are and skips from one key's stories to those of another.
drop index ix_publication_texts_words;
create index ix_publication_texts_words on publication_texts using gin (words, telling, (array[month_of(first_live_from)])) with (fastupdate = off);

create or replace view live.texts as
select t.publication_id, t.article_id, t.first_live_from as published_at, t.configuration, t.telling, t.words, array[month_of(t.first_live_from)] as months
from public.publication_texts t
where t.live_from <= (select cms_now()) and (t.live_until is null or t.live_until > (select cms_now()));

-- The month of the newest live story; no row where there is none.
create view live.newest_month as
select month_of(p.published_at) as month from live.publications p order by p.published_at desc limit 1;

-- The texts that words find, of one age: 0 is the month of an instant and the one before it, 1 the two years before those, and 2 all that is
-- older. Each is read where the younger ones had too little, and no text is of two. Where no instant is given it is that of the newest story.
create function live.matches_of_age(q text, language text, until timestamptz, age int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$
  select t.publication_id, t.article_id, t.published_at, t.telling @@ s."any", ts_rank(t.telling, s."any"), cms_now()
  from live.search_terms(q, language) s
  join live.texts t on t.configuration = s.configuration and t.words @@ s.whole
  where case age
    when 0 then t.months && (select array[m, m - 1] from coalesce(month_of(until), (select n.month from live.newest_month n)) m)
    when 1 then t.months && (select array(select generate_series(m - 25, m - 2)) from coalesce(month_of(until), (select n.month from live.newest_month n)) m)
    else t.published_at < (select month_begins(m - 25) from coalesce(month_of(until), (select n.month from live.newest_month n)) m)
  end
$$;

-- The first page of what words find and nothing else narrows: what is about them, ranked among the newest so many, and then the newest of the
-- rest. In one statement, which asks once what the words mean; as the one above it reads of each age where the younger ones had too little.
create function live.first_matches(q text, language text, most_ranked int, most int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$
  with terms as materialized (select s.configuration, s.whole, s."any" from live.search_terms(q, language) s),
  newest as materialized (select n.month from live.newest_month n),
  telling as materialized (
    (select t.publication_id, t.article_id, t.published_at, t.telling, s."any"
     from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and t.telling @@ s."any"
     where t.months && (select array[n.month, n.month - 1] from newest n)
     order by t.published_at desc, t.article_id desc limit most_ranked)
    union all
    (select t.publication_id, t.article_id, t.published_at, t.telling, s."any"
     from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and t.telling @@ s."any"
     where t.months && (select array(select generate_series(n.month - 25, n.month - 2)) from newest n)
     order by t.published_at desc, t.article_id desc limit most_ranked)
    union all
    (select t.publication_id, t.article_id, t.published_at, t.telling, s."any"
     from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and t.telling @@ s."any"
     where t.published_at < (select month_begins(n.month - 25) from newest n)
     order by t.published_at desc, t.article_id desc limit most_ranked)
    limit most_ranked),
  ranked as materialized (
    select t.publication_id, t.article_id, t.published_at, ts_rank(t.telling, t."any") as rank
    from telling t order by 4 desc, t.published_at desc, t.article_id desc limit most),
  rest as (
    (select t.publication_id, t.article_id, t.published_at
     from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and not t.telling @@ s."any"
     where t.months && (select array[n.month, n.month - 1] from newest n) and (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    union all
    (select t.publication_id, t.article_id, t.published_at
     from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and not t.telling @@ s."any"
     where t.months && (select array(select generate_series(n.month - 25, n.month - 2)) from newest n) and (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    union all
    (select t.publication_id, t.article_id, t.published_at
     from terms s join live.texts t on t.configuration = s.configuration and t.words @@ s.whole and not t.telling @@ s."any"
     where t.published_at < (select month_begins(n.month - 25) from newest n) and (select count(*) from ranked) < most
     order by t.published_at desc, t.article_id desc limit most)
    limit most)
  select r.publication_id, r.article_id, r.published_at, true, r.rank, cms_now() from ranked r
  union all
  select r.publication_id, r.article_id, r.published_at, false, 0::real, cms_now() from rest r
  limit most
$$;

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.newest_month to cms_live;
  end if;
end $$;
