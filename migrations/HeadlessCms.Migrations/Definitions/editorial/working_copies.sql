-- The newest revision of each article, the article's status by the clock, and the next boundary of its publications.
create view public.working_copies as
select
  r.*, a.created_at, a.created_by, live.revision as live_revision,
  case
    when a.trashed_at is not null then 'trashed'
    when exists (select from public.withdrawals w where w.article_id = a.id and w.lifted_at is null) then 'withdrawn'
    when live.revision is not null then 'live'
    when exists (
      select from public.publications p
      where p.article_id = a.id and p.live_from > public.cms_now() and p.live_until is distinct from p.live_from) then 'scheduled'
    when exists (select from public.publications p where p.article_id = a.id and p.live_until is distinct from p.live_from) then 'expired'
    else 'draft'
  end as status,
  (select json_build_object('at', to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                            'event', b.event, 'revision', b.revision)
   from (
     select p.live_from as at, 'goesLive' as event, p.revision
     from public.publications p
     where p.article_id = a.id and p.live_from > public.cms_now() and p.live_until is distinct from p.live_from
     union all
     select p.live_until, 'expires', p.revision
     from public.publications p
     where p.article_id = a.id and p.live_until > public.cms_now() and p.live_until > p.live_from
   ) b
   order by b.at, b.event desc limit 1) as next
from public.articles a
join public.revision_contents r on r.id = a.id and r.revision = a.revision_number
left join public.publications live
  on live.article_id = a.id and live.live_from <= public.cms_now() and (live.live_until is null or live.live_until > public.cms_now());
