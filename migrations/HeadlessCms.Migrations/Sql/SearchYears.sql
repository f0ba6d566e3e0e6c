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
