-- The concepts that a request names, each by its kind and its id or slug. Both are looked up in their indexes: by slugs alone concept_slugs would
-- be read from end to end, because its key begins with the kind.
create function find_concepts(kinds text[], names text[]) returns table (kind text, named text, id uuid) language sql stable parallel safe as $$
  select w.kind, w.named, coalesce(c.merged_into_id, c.id)
  from unnest((select kinds), (select names)) as w (kind, named)
  join concepts c on c.kind = w.kind and c.id = case when w.named ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then w.named::uuid end
  union all
  select w.kind, w.named, s.concept_id
  from unnest((select kinds), (select names)) as w (kind, named)
  join concept_slugs s on s.kind = w.kind and s.slug = w.named
$$;

-- Bodies are most of what is read and written. Where PostgreSQL was built with lz4 they are compressed by it: a little less, and several times faster.
do $$
begin
  if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)) then
    alter table revisions alter body_source set compression lz4, alter body_html set compression lz4;
  end if;
end $$;
