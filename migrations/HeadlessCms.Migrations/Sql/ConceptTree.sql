-- What lies within what, transitively, each concept with itself at depth 0: kept by the database, so that a hierarchy is acyclic and
-- "all within Japan" is one index look-up.
create table concept_tree (
  concept_id uuid not null references concepts on delete cascade,
  ancestor_id uuid not null references concepts on delete cascade,
  depth int not null,
  primary key (concept_id, ancestor_id)
);
create index ix_concept_tree_ancestor_id on concept_tree (ancestor_id, concept_id);

create function grow_concept_tree() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into concept_tree (concept_id, ancestor_id, depth)
    select new.id, new.id, 0
    union all
    select new.id, ancestor_id, depth + 1 from concept_tree where concept_id = new.parent_id;
    return null;
  end if;

  -- Two moves at once could close a circle that neither sees.
  perform pg_advisory_xact_lock(hashtext('concept_tree'));
  if exists (select from concept_tree where concept_id = new.parent_id and ancestor_id = new.id) then
    raise exception 'a hierarchy has no circles' using errcode = 'check_violation', constraint = 'ck_concepts_acyclic';
  end if;
  delete from concept_tree t
  using concept_tree below, concept_tree above
  where below.ancestor_id = new.id and above.concept_id = new.id and above.depth > 0
    and t.concept_id = below.concept_id and t.ancestor_id = above.ancestor_id;
  insert into concept_tree (concept_id, ancestor_id, depth)
  select below.concept_id, above.ancestor_id, below.depth + above.depth + 1
  from concept_tree below cross join concept_tree above
  where below.ancestor_id = new.id and above.concept_id = new.parent_id;
  return null;
end $$;

create trigger concepts_grow_on_insert after insert on concepts
  for each row execute function grow_concept_tree();
create trigger concepts_grow_on_move after update of parent_id on concepts
  for each row when (old.parent_id is distinct from new.parent_id) execute function grow_concept_tree();
