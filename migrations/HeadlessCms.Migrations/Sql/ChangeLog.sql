-- Positions become visible in their order: whoever inserts holds the log's lock from before the position is drawn until it commits.
-- A statement's trigger, because a row's would run when the position is drawn already.
create function lock_change_log() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('changes'));
  return null;
end $$;
create trigger changes_in_order before insert on changes for each statement execute function lock_change_log();
