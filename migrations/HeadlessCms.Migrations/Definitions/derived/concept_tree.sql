-- Keeps the transitive closure of the hierarchy, and the hierarchy acyclic.
create or replace function public.grow_concept_tree() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  if tg_op = 'INSERT' then
    insert into public.concept_tree (concept_id, ancestor_id, depth)
    select new.id, new.id, 0
    union all
    select new.id, t.ancestor_id, t.depth + 1 from public.concept_tree t where t.concept_id = new.parent_id;
    return null;
  end if;

  -- Two moves at once could close a cycle that neither sees.
  perform pg_advisory_xact_lock(hashtext('concept_tree'));
  if exists (select from public.concept_tree where concept_id = new.parent_id and ancestor_id = new.id) then
    raise exception 'a hierarchy has no cycles' using errcode = 'check_violation', constraint = 'ck_concepts_acyclic';
  end if;
  delete from public.concept_tree t
  using public.concept_tree below, public.concept_tree above
  where below.ancestor_id = new.id and above.concept_id = new.id and above.depth > 0
    and t.concept_id = below.concept_id and t.ancestor_id = above.ancestor_id;
  insert into public.concept_tree (concept_id, ancestor_id, depth)
  select below.concept_id, above.ancestor_id, below.depth + above.depth + 1
  from public.concept_tree below cross join public.concept_tree above
  where below.ancestor_id = new.id and above.concept_id = new.parent_id;
  return null;
end $$;

create or replace trigger concepts_grow_on_insert after insert on public.concepts
  for each row execute function public.grow_concept_tree();
create or replace trigger concepts_grow_on_move after update of parent_id on public.concepts
  for each row when (old.parent_id is distinct from new.parent_id) execute function public.grow_concept_tree();
