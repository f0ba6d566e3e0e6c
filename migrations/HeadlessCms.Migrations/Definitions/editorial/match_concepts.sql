-- The concepts that an import or a vocabulary means: of each row of "wanted" the first that is found by its id, by what is the same
-- elsewhere, by its code, by its slug or by its name. A name that several concepts have finds the one whose display name it is, and among
-- these the oldest; a row without "by_name" is not found by it. What was merged leads to the one that remains.
create or replace function public.match_concepts(wanted jsonb) returns table (item int, id uuid, found_by text)
  language sql stable as $$
  select w.item, m.id, m.found_by
  from jsonb_to_recordset(wanted) as w (item int, kind text, id uuid, same_as text[], code text, slug text, name text, by_name boolean)
  cross join lateral (
    select coalesce(c.merged_into_id, c.id) as id, 'id' as found_by, 1 as rank, c.created_at
    from public.concepts c
    where c.id = w.id and c.kind = w.kind
    union all
    select coalesce(c.merged_into_id, c.id), 'sameAs', 2, c.created_at
    from public.concepts c
    where c.same_as && w.same_as and c.kind = w.kind
    union all
    select c.id, 'code', 3, c.created_at
    from public.concepts c
    where c.code = w.code and c.kind = w.kind
    union all
    select s.concept_id, 'slug', 4, null
    from public.concept_slugs s
    where s.kind = w.kind and s.slug = w.slug
    union all
    select c.id, 'name', case when c.name = w.name then 5 else 6 end, c.created_at
    from public.concept_names n
    join public.concepts c on c.id = n.concept_id
    where w.by_name and n.folded = public.plain_name(w.name) and c.kind = w.kind and c.merged_into_id is null
    order by rank, created_at
    limit 1) m
$$;
