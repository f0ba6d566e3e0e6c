-- Rows of what is saved once are immutable by exception: an update may change only the columns that its trigger names, and each of those
-- only from a concept that was merged to the one that it was merged into. A new column is frozen unless it is named. The triggers run
-- after the update, because generated columns are not computed before it.
create or replace function public.refuse_update() returns trigger language plpgsql as $$
declare
  before jsonb := to_jsonb(old);
  after jsonb := to_jsonb(new);
  movable text[] := coalesce(tg_argv, '{}');
begin
  if before - movable is distinct from after - movable or exists (
    select from unnest(movable) as m (name)
    where before ->> m.name is distinct from after ->> m.name
      and not exists (
        select from public.concepts c
        where c.id = (before ->> m.name)::uuid and c.merged_into_id = (after ->> m.name)::uuid))
  then
    raise exception 'rows of % are immutable', tg_table_name using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

create or replace trigger revisions_are_immutable after update on public.revisions
  for each row execute function public.refuse_update('dateline_place_id');
create or replace trigger mentions_are_immutable after update on public.mentions
  for each row execute function public.refuse_update('concept_id');
create or replace trigger authorships_are_immutable after update on public.authorships
  for each row execute function public.refuse_update('person_id');
create or replace trigger changes_are_immutable after update on public.changes
  for each row execute function public.refuse_update();

-- Nobody rewrites the audit trail. Only forget_audit deletes from it, and nothing deletes what is younger than ninety days.
create or replace function public.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if current_setting('cms.forgets_audit', true) = 'on' and old.at < clock_timestamp() - interval '90 days' then
      return old;
    end if;
  end if;
  raise exception 'rows of % are append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create or replace trigger audit_is_append_only before update or delete on public.audit_entries
  for each row execute function public.refuse_change();
create or replace trigger audit_is_not_emptied before truncate on public.audit_entries
  for each statement execute function public.refuse_change();
