-- The concepts that readers may see.
create view live.concepts as
select
  c.id, c.kind, c.slug, c.name, c.aliases, c.labels, c.description, c.image, c.same_as,
  c.given_name, c.family_name, c.honorific, c.title, c.birth_date, c.death_date,
  c.place_kind, c.latitude, c.longitude, c.country_code, c.code,
  (select jsonb_build_object('id', parent.id, 'slug', parent.slug, 'name', parent.name)
   from public.visible_concepts parent where parent.id = c.parent_id) as parent
from public.visible_concepts c;

-- The slugs that lead to them.
create view live.concept_slugs as
select s.kind, s.slug, s.concept_id
from public.concept_slugs s
join public.visible_concepts c on c.id = s.concept_id;

-- The concept that a merged one leads to.
create view live.concept_merges as
select c.id, c.merged_into_id
from public.concepts c
join public.visible_concepts target on target.id = c.merged_into_id;

create view live.concept_tree as
select t.concept_id, t.ancestor_id, t.depth
from public.concept_tree t;

create view live.story_counts as
select s.concept_id, s.stories from public.story_counts s;
