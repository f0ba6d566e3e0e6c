-- Dispatches the next changes, each once, and remembers how far that goes, in one transaction; where another node is at it there is
-- nothing to do. A delivery waits as long as an earlier one of the same subject that is to be retried. Returns how many changes it took.
create or replace function public.dispatch_changes(most int) returns int language plpgsql as $$
declare
  before bigint;
  upto bigint;
  taken int;
begin
  select position into before from public.webhook_progress for update skip locked;
  if not found then return 0; end if;
  select max(position), count(*) into upto, taken
  from (select position from public.changes where position > before order by position limit most) n;
  if taken = 0 then return 0; end if;
  insert into public.webhook_deliveries (webhook_id, position, event, at, subject_id, state, tries, due_at, created_at)
  select m.webhook_id, m.position, m.event, m.at, m.subject_id, 'pending', 0,
         greatest(clock_timestamp(), (select max(d.due_at) from public.webhook_deliveries d
                                      where d.webhook_id = m.webhook_id and d.subject_id = m.subject_id and d.state = 'pending')),
         clock_timestamp()
  from public.webhook_matches m join public.webhooks w on w.id = m.webhook_id
  where m.position > before and m.position <= upto and w.state <> 'disabled' and m.position > w.since
  order by m.position
  on conflict (webhook_id, position) do nothing;
  update public.webhook_progress set position = upto;
  return taken;
end $$;

-- Sends again what happened between two instants, whether it was delivered, given up or not sent then. Returns how many.
create or replace function public.replay_changes(to_webhook uuid, since timestamptz, until timestamptz) returns int language plpgsql as $$
declare
  made int;
begin
  insert into public.webhook_deliveries (webhook_id, position, event, at, subject_id, state, tries, due_at, created_at)
  select m.webhook_id, m.position, m.event, m.at, m.subject_id, 'pending', 0, clock_timestamp(), clock_timestamp()
  from public.webhook_matches m
  where m.webhook_id = to_webhook and m.at >= since and m.at < until
    and m.position <= (select position from public.webhook_progress) -- later changes are dispatched anyway
  order by m.position
  on conflict (webhook_id, position) do update set state = 'pending', tries = 0, due_at = excluded.due_at, settled_at = null
    where webhook_deliveries.lease is null;
  get diagnostics made = row_count;
  return made;
end $$;

-- A webhook that is disabled gives up its pending deliveries.
create or replace function public.give_up_deliveries() returns trigger language plpgsql as $$
begin
  update public.webhook_deliveries set state = 'dead', settled_at = clock_timestamp(), lease = null, leased_until = null
  where webhook_id = new.id and state = 'pending';
  return null;
end $$;

create or replace trigger webhooks_give_up after update of state on public.webhooks
  for each row when (new.state = 'disabled' and old.state <> 'disabled') execute function public.give_up_deliveries();
