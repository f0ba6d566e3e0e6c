-- Forgets what the next changes replaced, once these are older than what is kept: earlier changes of the same article or concept. Its last
-- change stays, so whoever reads the log from its start still learns of everything. Changes that webhooks have not been sent are left. In
-- one transaction with how far that goes; where another node is at it there is nothing to do. Returns how many changes it took, and how
-- many it forgot.
create or replace function public.forget_changes(kept interval, most int, out taken int, out forgotten int) language plpgsql as $$
declare
  before bigint;
  upto bigint;
  deleted int;
begin
  taken := 0;
  forgotten := 0;
  select position into before from public.retention_progress for update skip locked;
  if not found then return; end if;
  select max(r.position), count(*) into upto, taken
  from (
    select n.position, bool_and(n.at < clock_timestamp() - kept) over (order by n.position) as is_old
    from (
      select c.position, c.at from public.changes c
      where c.position > before and c.position <= (select w.position from public.webhook_progress w)
      order by c.position limit most) n) r
  where r.is_old;
  if taken = 0 then return; end if;
  delete from public.changes c using public.changes n
  where n.position > before and n.position <= upto and n.type in ('published', 'updated', 'unpublished', 'withdrawn')
    and c.article_id = n.article_id and c.position < n.position
    and not exists (select from public.webhook_deliveries d where d.position = c.position);
  get diagnostics forgotten = row_count;
  delete from public.changes c using public.changes n
  where n.position > before and n.position <= upto and c.concept_id = n.concept_id and c.position < n.position
    and not exists (select from public.webhook_deliveries d where d.position = c.position);
  get diagnostics deleted = row_count;
  forgotten := forgotten + deleted;
  update public.retention_progress set position = upto;
end $$;

-- Forgets the oldest entries of the audit trail that are older than what is kept. Returns how many. The trigger that refuses this to all
-- others is told so for the time of the delete alone.
create or replace function public.forget_audit(kept interval, most int) returns int language plpgsql as $$
declare
  forgotten int;
begin
  perform from public.retention_progress for update skip locked;
  if not found then return 0; end if;
  perform set_config('cms.forgets_audit', 'on', true);
  delete from public.audit_entries e where e.id in (
    select o.id from (select a.id, a.at from public.audit_entries a order by a.id limit most) o
    where o.at < clock_timestamp() - kept);
  get diagnostics forgotten = row_count;
  perform set_config('cms.forgets_audit', '', true);
  return forgotten;
end $$;
