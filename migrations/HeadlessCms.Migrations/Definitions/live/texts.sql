-- The texts of what is live. The clock is a subquery: it is read once, not for each of the many texts that a common word finds.
create view live.texts as
select t.publication_id, t.article_id, t.first_live_from as published_at, t.configuration, t.topical, t.words, t.ages
from public.publication_texts t
where t.live_from <= (select public.cms_now()) and (t.live_until is null or t.live_until > (select public.cms_now()));

-- The month of the newest live story; no row where there is none.
create view live.newest_month as
select public.month_of(p.published_at) as month from public.live_publications p order by p.published_at desc limit 1;

-- The texts of one age: 0 is the month of an instant and the one before it, 1 what is older of that year and all of the year before, and
-- 2 all that is older still. Each is read where the younger ones had too little, and no text is of two ages. Without an instant it is
-- that of the newest story.
create or replace function live.texts_of_age(until timestamptz, age int)
  returns table (
    publication_id uuid, article_id uuid, published_at timestamptz, configuration varchar, topical tsvector, words tsvector, ages int[])
  language sql stable parallel safe as $$
  select t.*
  from live.texts t
  where case age
    when 0 then t.ages && (
      select array[m, m - 1] from coalesce(public.month_of(until), (select n.month from live.newest_month n)) m)
    when 1 then t.ages && (
        select array[-(m / 12), 1 - m / 12] from coalesce(public.month_of(until), (select n.month from live.newest_month n)) m)
      and t.published_at < (
        select public.month_begins(m - 1) from coalesce(public.month_of(until), (select n.month from live.newest_month n)) m)
    else t.published_at < (
      select public.month_begins((m / 12 - 1) * 12) from coalesce(public.month_of(until), (select n.month from live.newest_month n)) m)
  end
$$;
