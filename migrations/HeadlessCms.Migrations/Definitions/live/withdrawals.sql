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

-- What partners with a copy must be told: the articles that are withdrawn, with the languages that they had while they were live.
create view live.tombstones as
select w.article_id, w.withdrawn_at, w.reason, array(
  select distinct r.language::text
  from public.publications p join public.revisions r on r.article_id = p.article_id and r.number = p.revision
  where p.article_id = w.article_id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from) as languages
from public.withdrawals w
where w.withdrawn_at <= public.cms_now()
  and (w.lifted_at is null or w.lifted_at > public.cms_now());

-- The concepts in whose feeds they were: all that they mentioned while they were live, and what those lie within.
create view live.tombstone_concepts as
select distinct w.article_id, t.ancestor_id as concept_id
from live.tombstones w
join public.publications p
  on p.article_id = w.article_id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
join public.mentions m on m.article_id = p.article_id and m.revision = p.revision
join public.concept_tree t on t.concept_id = m.concept_id;
