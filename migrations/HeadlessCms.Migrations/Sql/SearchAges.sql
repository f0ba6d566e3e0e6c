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

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.newest_month to cms_live;
  end if;
end $$;
