-- Articles with their status by the clock.
create view public.article_states as
select
  a.*, live.revision as live_revision,
  case
    when a.trashed_at is not null then 'trashed'
    when exists (select from public.withdrawals w where w.article_id = a.id and w.lifted_at is null) then 'withdrawn'
    when live.revision is not null then 'live'
    when exists (
      select from public.publications p
      where p.article_id = a.id and p.live_from > public.cms_now() and p.live_until is distinct from p.live_from) then 'scheduled'
    when exists (select from public.publications p where p.article_id = a.id and p.live_until is distinct from p.live_from) then 'expired'
    else 'draft'
  end as status
from public.articles a
left join public.publications live
  on live.article_id = a.id and live.live_from <= public.cms_now() and (live.live_until is null or live.live_until > public.cms_now());
