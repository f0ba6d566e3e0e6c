-- The concepts that a request names, each by its kind and its id or slug. The kinds are joined, because the key of concept_slugs begins
-- with the kind: by slugs alone it would be read from end to end.
create or replace function public.find_concepts(kinds text[], names text[]) returns table (kind text, named text, id uuid)
  language sql stable parallel safe as $$
  select w.kind, w.named, coalesce(c.merged_into_id, c.id)
  from unnest((select kinds), (select names)) as w (kind, named)
  join public.concepts c
    on c.kind = w.kind and c.id = case when w.named ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then w.named::uuid end
  union all
  select w.kind, w.named, s.concept_id
  from unnest((select kinds), (select names)) as w (kind, named)
  join public.concept_slugs s on s.kind = w.kind and s.slug = w.named
$$;
