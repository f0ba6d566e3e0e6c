-- How far the change log was handed out to webhooks: one row, which whoever hands out holds.
create table webhook_progress (
  position bigint not null
);
create unique index ix_webhook_progress_one on webhook_progress ((true));
insert into webhook_progress (position) select coalesce(max(position), 0) from changes;

-- Which change each webhook wants to know. Only of what readers may know: of articles that were live, and of concepts that they could see.
-- A story is told where any of what readers saw of it matches, so that who was told of it is told all that becomes of it. Of each kind of
-- concept that a webhook names one must match, or lie below one that it names.
create view webhook_matches as
select w.id as webhook_id, c.position, c.at, e.event, c.id as subject_id
from live.changes c
cross join lateral (
  select case
    when c.type = 'published' then 'articlePublished'
    when c.type = 'updated' then 'articleUpdated'
    when c.type = 'unpublished' then 'articleUnpublished'
    when c.type = 'withdrawn' then 'articleWithdrawn'
    when c.type in ('conceptSaved', 'conceptMoved') then 'conceptUpdated'
    when c.type = 'conceptMerged' then 'conceptMerged'
  end) e (event)
join webhooks w on e.event = any (w.events)
where case when c.kind = 'article' then
    (cardinality(w.languages) = 0 or exists (
      select from publications p join revisions r on r.article_id = p.article_id and r.number = p.revision
      where p.article_id = c.id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from and r.language = any (w.languages)))
    and not exists (
      select from webhook_concepts f join concepts n on n.id = f.concept_id
      where f.webhook_id = w.id
      group by n.kind
      having not bool_or(exists (
        select from publications p join appearances a on a.publication_id = p.id and a.way = 'named'
        where p.article_id = c.id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from
          and a.concept_id = n.id)))
  else
    not exists (select from webhook_concepts f where f.webhook_id = w.id)
    or exists (
      select from concepts s
      join concept_tree t on t.concept_id = coalesce(s.merged_into_id, s.id)
      join webhook_concepts f on f.concept_id = t.ancestor_id and f.webhook_id = w.id
      where s.id = c.id)
  end;

-- Hands out the next changes, each once: what was handed out, and how far that goes, is one transaction. Where another node does it there is
-- nothing to do. Of what waits for something to be tried again, what comes after waits as long. Returns how many changes it took.
create function hand_out_changes(most int) returns int language plpgsql as $$
declare
  before bigint;
  upto bigint;
  taken int;
begin
  select position into before from webhook_progress for update skip locked;
  if not found then return 0; end if;
  select max(position), count(*) into upto, taken from (select position from changes where position > before order by position limit most) n;
  if taken = 0 then return 0; end if;
  insert into webhook_deliveries (webhook_id, position, event, at, subject_id, state, tries, due_at, created_at)
  select m.webhook_id, m.position, m.event, m.at, m.subject_id, 'pending', 0,
         greatest(clock_timestamp(), (select max(d.due_at) from webhook_deliveries d
                                      where d.webhook_id = m.webhook_id and d.subject_id = m.subject_id and d.state = 'pending')),
         clock_timestamp()
  from webhook_matches m join webhooks w on w.id = m.webhook_id
  where m.position > before and m.position <= upto and w.state <> 'disabled' and m.position > w.since
  order by m.position
  on conflict (webhook_id, position) do nothing;
  update webhook_progress set position = upto;
  return taken;
end $$;

-- Sends again what happened between two instants, be it that it was delivered, given up, or that nothing was sent then. Returns how many.
create function replay_changes(to_webhook uuid, since timestamptz, until timestamptz) returns int language plpgsql as $$
declare
  made int;
begin
  insert into webhook_deliveries (webhook_id, position, event, at, subject_id, state, tries, due_at, created_at)
  select m.webhook_id, m.position, m.event, m.at, m.subject_id, 'pending', 0, clock_timestamp(), clock_timestamp()
  from webhook_matches m
  where m.webhook_id = to_webhook and m.at >= since and m.at < until
    and m.position <= (select position from webhook_progress) -- what comes after is handed out anyway
  order by m.position
  on conflict (webhook_id, position) do update set state = 'pending', tries = 0, due_at = excluded.due_at, settled_at = null
    where webhook_deliveries.lease is null;
  get diagnostics made = row_count;
  return made;
end $$;

-- What a webhook is not sent any more is given up, whoever disables it.
create function give_up_deliveries() returns trigger language plpgsql as $$
begin
  update webhook_deliveries set state = 'dead', settled_at = clock_timestamp(), lease = null, leased_until = null
  where webhook_id = new.id and state = 'pending';
  return null;
end $$;
create trigger webhooks_give_up after update of state on webhooks
  for each row when (new.state = 'disabled' and old.state <> 'disabled') execute function give_up_deliveries();

-- A webhook that tells of what was merged tells of what took its place.
create function webhooks_follow_merge() returns trigger language plpgsql as $$
begin
  insert into webhook_concepts (webhook_id, concept_id)
  select f.webhook_id, new.merged_into_id from webhook_concepts f where f.concept_id = new.id
  on conflict do nothing;
  delete from webhook_concepts where concept_id = new.id;
  return null;
end $$;
create trigger concepts_lead_webhooks_on after update of merged_into_id on concepts
  for each row when (new.merged_into_id is not null) execute function webhooks_follow_merge();
