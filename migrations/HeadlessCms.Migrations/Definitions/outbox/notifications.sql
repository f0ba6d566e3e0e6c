-- Notifies the nodes that listen to the channel headless_cms when a transaction commits. A notification is a hint: a node that misses one
-- finds the same rows when it polls.
--   changes:<position>  the change log has a row at this position
--   outbox              a delivery, a ping or a purge became due, or will
create or replace function public.notify_change() returns trigger language plpgsql as $$
begin
  perform pg_catalog.pg_notify('headless_cms', 'changes:' || max(a.position)) from added a having count(*) > 0;
  return null;
end $$;

create or replace trigger changes_are_notified after insert on public.changes
  referencing new table as added for each statement execute function public.notify_change();

-- For each row, because a dispatch often queues nothing; of the same notifications a transaction sends one.
create or replace function public.notify_outbox() returns trigger language plpgsql as $$
begin
  perform pg_catalog.pg_notify('headless_cms', 'outbox');
  return null;
end $$;

create or replace trigger deliveries_are_notified after insert or update of due_at on public.webhook_deliveries
  for each row execute function public.notify_outbox();
create or replace trigger webhooks_are_notified after update of state, rests_until on public.webhooks
  for each row execute function public.notify_outbox();
create or replace trigger pings_are_notified after insert or update of due_at on public.websub_pings
  for each row execute function public.notify_outbox();
create or replace trigger purges_are_notified after insert or update of due_at on public.cdn_purges
  for each row execute function public.notify_outbox();
create or replace trigger purge_targets_are_notified after update of due_at on public.cdn_targets
  for each row execute function public.notify_outbox();
