-- Positions become visible in their order: a transaction holds the log's lock from before its first position is drawn until it commits. A
-- statement's trigger, because a row's would run after the position is drawn.
create or replace function public.lock_change_log() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('changes'));
  return null;
end $$;

create or replace trigger changes_in_order before insert on public.changes
  for each statement execute function public.lock_change_log();
