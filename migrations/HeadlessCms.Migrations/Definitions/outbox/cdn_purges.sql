-- Queues the tags of the next changes for each CDN that purges, and remembers how far that goes, in one transaction. A tag that is waiting
-- stays where it is in the order; one that was purged already and waits to be purged again begins anew. The tags are written down here and
-- not when they are sent, because what is deleted in between could no longer be found by them. What was before the first run is not purged,
-- because no CDN has it. Returns how many changes it took.
create or replace function public.dispatch_purges(most int, targets text[]) returns int language plpgsql as $$
declare
  before bigint;
  upto bigint;
  taken int;
begin
  insert into public.cdn_targets (address, tries, due_at)
  select t, 0, clock_timestamp() from unnest(targets) t order by t
  on conflict do nothing;
  select position into before from public.cdn_progress for update;
  if before is null then
    update public.cdn_progress set position = (select coalesce(max(c.position), 0) from public.changes c);
    return 0;
  end if;
  select max(position), count(*) into upto, taken
  from (select position from public.changes where position > before order by position limit most) n;
  if taken = 0 then return 0; end if;
  insert into public.cdn_purges as p (address, tag, position, changed, since, is_purged, due_at)
  select a.address, t.tag, min(c.position), max(c.position), min(c.at), false, clock_timestamp()
  from (
    select position, at from public.changes
    where position > before and position <= upto and at > clock_timestamp() - interval '2 days') c
  cross join lateral (
    select tag from public.change_tags where position = c.position offset 0) t -- one by one: the view is not read as a whole
  cross join unnest(targets) a (address)
  group by 1, 2
  on conflict (address, tag) do update
    set position = case when p.is_purged then excluded.position else p.position end,
        since = case when p.is_purged then excluded.since else p.since end,
        changed = excluded.changed, is_purged = false, due_at = excluded.due_at;
  update public.cdn_progress set position = upto;
  return taken;
end $$;

-- Ends a lease whose tags were purged. A tag that has changed since is still due; another one is due once more, after a while, or done.
create or replace function public.settle_purges(target text, held uuid, tags text[], positions bigint[], repeat_after interval)
returns void language plpgsql as $$
begin
  perform from public.cdn_progress for update; -- dispatch_purges changes the same rows, in another order
  update public.cdn_targets set tries = 0, due_at = clock_timestamp(), lease = null, leased_until = null
  where address = target and lease = held;
  if not found then return; end if;
  delete from public.cdn_purges p using unnest(tags, positions) d (tag, changed)
  where p.address = target and p.tag = d.tag and p.changed = d.changed and (p.is_purged or repeat_after <= interval '0');
  update public.cdn_purges p set is_purged = true, due_at = clock_timestamp() + repeat_after
  from unnest(tags, positions) d (tag, changed)
  where p.address = target and p.tag = d.tag and p.changed = d.changed and not p.is_purged;
end $$;

-- A CDN keeps nothing for two days (the longest Cms:Cdn:MaxAge and Cms:Cache:MaxStale), and one that is not in the settings any more is
-- forgotten with its purges.
create or replace function public.forget_purges(targets text[]) returns void language plpgsql as $$
begin
  perform from public.cdn_progress for update;
  delete from public.cdn_purges where since < clock_timestamp() - interval '2 days';
  delete from public.cdn_targets t
  where t.address <> all (targets) and not exists (select from public.cdn_purges p where p.address = t.address);
end $$;
