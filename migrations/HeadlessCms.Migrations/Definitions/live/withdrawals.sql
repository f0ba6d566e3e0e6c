-- What was live and is withdrawn, under each slug that readers knew and that no other article has taken since.
create view live.withdrawals as
select w.article_id, s.slug, w.reason
from public.withdrawals w
join public.article_slugs s on s.article_id = w.article_id
where w.withdrawn_at <= public.cms_now() and (w.lifted_at is null or w.lifted_at > public.cms_now())
  and exists (
    select from public.publications was
    where was.article_id = w.article_id and was.slug = s.slug
      and was.live_from <= public.cms_now() and was.live_until is distinct from was.live_from);

-- What partners with a copy must be told: the articles that were live and are not, because they were withdrawn or unpublished, or because
-- their time ended; with the languages that they had while they were live. The last publication of such an article ended as planned or on
-- command, which sets planned_until too; one that another replaced did not. Two indexes have that condition.
create view live.tombstones as
select
  p.article_id, p.first_live_from as published_at, p.live_until as ended_at, w.withdrawn_at, w.reason,
  array(
    select distinct r.language::text
    from public.publications was join public.revisions r on r.article_id = was.article_id and r.number = was.revision
    where was.article_id = p.article_id and was.live_from <= public.cms_now()
      and was.live_until is distinct from was.live_from) as languages
from public.publications p
left join public.withdrawals w
  on w.article_id = p.article_id and w.withdrawn_at <= public.cms_now() and (w.lifted_at is null or w.lifted_at > public.cms_now())
where p.live_until = p.planned_until and p.live_until > p.live_from and p.live_until <= public.cms_now()
  and not exists (
    select from public.publications later
    where later.article_id = p.article_id and later.live_from >= p.live_until and later.live_from <= public.cms_now()
      and later.live_until is distinct from later.live_from);

-- The concepts in whose feeds they were while they were live: those that they named, with those above, and their authors.
create view live.tombstone_concepts as
select a.article_id, a.first_live_from as published_at, a.concept_id, a.kind
from public.appearances a
join public.publications p
  on p.id = a.publication_id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from;

-- The corrections of what was or is live.
create view live.corrections as
select n.article_id, n.live_from as at
from public.publications n
where n.correction_kind is not null and n.live_from <= public.cms_now() and n.live_until is distinct from n.live_from;
