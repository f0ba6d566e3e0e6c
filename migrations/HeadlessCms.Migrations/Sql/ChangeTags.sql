-- What each change concerns, as before; an article's concepts, and what they lie within, are read from where they appear. What all revisions
-- ever named was gathered for each look at the log, which cost more the larger the newsroom was.
create or replace view change_tags as
select c.position, x.tag
from changes c cross join lateral (values ('articles'), ('article:' || c.article_id)) x (tag)
where c.article_id is not null
union all
select c.position, a.kind || ':' || x.name
from changes c
join publications p on p.article_id = c.article_id
join appearances n on n.publication_id = p.id
join concepts a on a.id = n.concept_id
cross join lateral (select a.id::text union all select s.slug from concept_slugs s where s.concept_id = a.id) x (name)
union all
select c.position, x.tag
from changes c
cross join lateral (
  values ('concepts'), (c.concept_kind), ('concept:' || c.concept_id), (c.concept_kind || ':' || c.concept_id),
         (case when c.type in ('conceptMoved', 'conceptMerged') then 'tree' end)) x (tag)
where c.concept_id is not null and x.tag is not null
union all
select c.position, s.kind || ':' || s.slug
from changes c join concept_slugs s on s.concept_id = c.concept_id
union all
select c.position, a.kind || ':' || x.name
from changes c
join concepts m on m.id = c.concept_id
join concept_tree t on t.concept_id = m.merged_into_id
join concepts a on a.id = t.ancestor_id
cross join lateral (select a.id::text union all select s.slug from concept_slugs s where s.concept_id = a.id) x (name)
where c.type = 'conceptMerged';
