-- requires: live/concepts
-- What readers may know of the change log: of articles that were live, and of concepts that they could see.
create view live.changes as
select
  c.position, c.at, c.type, coalesce(c.concept_kind, 'article') as kind, coalesce(c.article_id, c.concept_id) as id,
  coalesce(
    (select p.slug from public.live_publications p where p.article_id = c.article_id),
    (select v.slug from public.visible_concepts v where v.id = c.concept_id)) as slug,
  case when c.type = 'withdrawn' then
    (select w.reason from public.withdrawals w
     where w.article_id = c.article_id and w.withdrawn_at <= c.at order by w.withdrawn_at desc limit 1)
  end as reason,
  (select m.merged_into_id from live.concept_merges m where m.id = c.concept_id) as merged_into_id
from public.changes c
where c.type in ('published', 'updated', 'unpublished', 'withdrawn')
  or c.concept_id is not null
    and exists (select from public.shown_concepts s where s.concept_id = c.concept_id and s.since <= c.position);
