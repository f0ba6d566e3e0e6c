-- The sections of the desk: the first ten articles of each, and how many there are.
create view public.desk as
select 'drafts' as section, d.id as article_id, d.rank,
       (select count(*) from public.articles a
        where a.trashed_at is null and not exists (
          select from public.publications p where p.article_id = a.id and p.live_until is distinct from p.live_from))::int as total
from (
  select a.id, row_number() over (order by a.saved_at desc, a.id desc) as rank
  from public.articles a
  where a.trashed_at is null
    and not exists (select from public.publications p where p.article_id = a.id and p.live_until is distinct from p.live_from)
  order by a.saved_at desc, a.id desc limit 10) d
union all
select 'scheduled', p.article_id, p.rank,
       (select count(distinct n.article_id) from public.publications n
        where n.live_from > public.cms_now() and n.live_until is distinct from n.live_from)::int
from (
  select n.article_id, row_number() over (order by min(n.live_from), n.article_id) as rank
  from public.publications n
  where n.live_from > public.cms_now() and n.live_until is distinct from n.live_from
  group by n.article_id order by min(n.live_from), n.article_id limit 10) p
union all
select 'live', p.article_id, p.rank,
       (select count(*) from public.publications n
        where n.live_from <= public.cms_now() and (n.live_until is null or n.live_until > public.cms_now()))::int
from (
  select n.article_id, row_number() over (order by n.live_from desc, n.article_id desc) as rank
  from public.publications n
  where n.live_from <= public.cms_now() and (n.live_until is null or n.live_until > public.cms_now())
  order by n.live_from desc, n.article_id desc limit 10) p
union all
select 'expiring', p.article_id, p.rank, p.total::int
from (
  select n.article_id, row_number() over (order by n.live_until, n.article_id) as rank, count(*) over () as total
  from public.publications n
  where n.live_from <= public.cms_now() and n.live_until > public.cms_now() and n.live_until <= public.cms_now() + interval '7 days'
    and not exists (
      select from public.publications s
      where s.article_id = n.article_id and s.live_from = n.live_until and s.live_until is distinct from s.live_from)) p
where p.rank <= 10
union all
select 'withdrawn', w.article_id, w.rank, w.total::int
from (
  select w.article_id, row_number() over (order by w.withdrawn_at desc, w.article_id) as rank, count(*) over () as total
  from public.withdrawals w join public.articles a on a.id = w.article_id
  where w.lifted_at is null and a.trashed_at is null) w
where w.rank <= 10;
