-- Every name of a concept that editors search by.
create view public.known_names as
select id as concept_id, name from public.concepts
union all
select id, slug from public.concepts
union all
select id, alias from public.concepts cross join unnest(aliases) as alias
union all
select id, label from public.concepts cross join jsonb_each_text(labels) as label (language, label);
