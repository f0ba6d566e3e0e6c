-- The concepts that readers may see.
create view live.concepts as
select
  c.id, c.kind, c.slug, c.name, c.aliases, c.labels, c.description, c.image, c.same_as,
  c.given_name, c.family_name, c.honorific, c.title, c.birth_date, c.death_date,
  c.place_kind, c.latitude, c.longitude, c.country_code, c.code,
  c.organisation_kind, c.acronym, c.website, c.event_kind, c.starts_at, c.ends_at, c.event_status,
  (select jsonb_build_object('id', parent.id, 'slug', parent.slug, 'name', parent.name)
   from public.visible_concepts parent where parent.id = c.parent_id) as parent,
  case when c.kind in ('person', 'event') then (
    select coalesce(jsonb_agg(to_jsonb(tie) order by tie.position), '[]')
    from (select t.position, t.kind, named.id, named.slug, named.name, t.role, t."from", t.until
          from public.concept_ties t join public.visible_concepts named on named.id = t.named_id
          where t.concept_id = c.id) tie)
  else '[]' end as ties
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
