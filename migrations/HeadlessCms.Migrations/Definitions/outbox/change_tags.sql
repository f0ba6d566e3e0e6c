-- requires: outbox/changed_articles
-- The cache tags that each change concerns. Cached responses carry the same tags, so that a change evicts only what it concerns:
--   articles       any list of articles        article:<id>      one article
--   concepts       any search of concepts      concept:<id>      responses that show one, or the articles beside one in a series
--   tree           responses that look below   <kind>            the list of one kind of concepts
--   <kind>:<name>  lists of what names a concept, by its id or any of its slugs
create view public.change_tags as
select c.position, x.tag
from public.changed_articles c cross join lateral (values ('articles'), ('article:' || c.article_id)) x (tag)
union all
select c.position, a.kind || ':' || x.name
from public.changed_articles c
join public.publications p on p.article_id = c.article_id
join public.appearances n on n.publication_id = p.id
join public.concepts a on a.id = n.concept_id
cross join lateral (select a.id::text union all select s.slug from public.concept_slugs s where s.concept_id = a.id) x (name)
union all
select c.position, x.tag -- the articles beside it in its series name it; above a limit, one tag of a response stands for all concepts
from public.changed_articles c
join public.publications p on p.article_id = c.article_id
join public.appearances n on n.publication_id = p.id and n.series_place is not null
cross join lateral (values ('concept:' || n.concept_id), ('concepts')) x (tag)
union all
select c.position, x.tag
from public.changes c
cross join lateral (
  values ('concepts'), (c.concept_kind), ('concept:' || c.concept_id), (c.concept_kind || ':' || c.concept_id),
         (case when c.type in ('conceptMoved', 'conceptMerged') then 'tree' end)) x (tag)
where c.concept_id is not null and x.tag is not null
union all
select c.position, 'concept:' || x.id -- those that show its name as their own parent, place, organisation …
from public.changes c
cross join lateral (
  select below.id from public.concepts below where below.parent_id = c.concept_id
  union all
  select t.concept_id from public.concept_ties t where t.named_id = c.concept_id) x
union all
select c.position, s.kind || ':' || s.slug
from public.changes c join public.concept_slugs s on s.concept_id = c.concept_id
union all
select c.position, a.kind || ':' || x.name
from public.changes c
join public.concepts m on m.id = c.concept_id
join public.concept_tree t on t.concept_id = m.merged_into_id
join public.concepts a on a.id = t.ancestor_id
cross join lateral (select a.id::text union all select s.slug from public.concept_slugs s where s.concept_id = a.id) x (name)
where c.type = 'conceptMerged';
