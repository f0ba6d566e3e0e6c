-- How far the change log was told to the hub: one row, which whoever hands out holds.
create table websub_progress (
  position bigint not null
);
create unique index ix_websub_progress_one on websub_progress ((true));
insert into websub_progress (position) select coalesce(max(position), 0) from changes;

-- The feeds that the hub is to be told of: one row a feed, however often it changes before the hub knows.
create table websub_pings (
  topic varchar(200) primary key,    -- the path of the feed
  position bigint not null,          -- the last change that touched it
  tries int not null constraint ck_websub_pings_tries check (tries >= 0),
  due_at timestamptz not null,
  lease uuid,
  leased_until timestamptz,
  constraint ck_websub_pings_lease check ((lease is null) = (leased_until is null))
);
create index ix_websub_pings_due_at on websub_pings (due_at);

-- Which feeds a change touches, of what readers may know: that of all articles, those of what an article names in what readers saw of it, and
-- a concept's own. Without their format: people/jane-doe.
create view touched_feeds as
select c.position, 'articles' as feed
from live.changes c
where c.kind = 'article'
union all
select c.position, k.kinds || '/' || v.slug
from live.changes c
join publications p on p.article_id = c.id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from
join appearances a on a.publication_id = p.id and a.way = 'named'
join live.visible_concepts v on v.id = a.concept_id
join (values ('person', 'people'), ('place', 'places'), ('topic', 'topics')) k (kind, kinds) on k.kind = v.kind
where c.kind = 'article'
union all
select c.position, k.kinds || '/' || v.slug
from live.changes c
join live.visible_concepts v on v.id = coalesce(c.merged_into_id, c.id)
join (values ('person', 'people'), ('place', 'places'), ('topic', 'topics')) k (kind, kinds) on k.kind = v.kind
where c.kind <> 'article';

-- Notes which feeds the next changes touch: what was noted, and how far that goes, is one transaction. Where another node does it there is
-- nothing to do. What happened more than a day ago is old news. A feed whose ping failed is tried soon where it changes anew. Returns how many
-- changes it took.
create function touch_feeds(most int, formats text[]) returns int language plpgsql as $$
declare
  before bigint;
  upto bigint;
  taken int;
begin
  select position into before from websub_progress for update skip locked;
  if not found then return 0; end if;
  select max(position), count(*) into upto, taken from (select position from changes where position > before order by position limit most) n;
  if taken = 0 then return 0; end if;
  insert into websub_pings (topic, position, tries, due_at)
  select '/feeds/' || t.feed || '.' || f.format, max(t.position), 0, clock_timestamp() + interval '1 second' -- every node knows by then what the hub comes to read
  from (select position from changes where position > before and position <= upto and at > clock_timestamp() - interval '1 day') c
  cross join lateral (select position, feed from touched_feeds where position = c.position offset 0) t -- for each of them: the view is not read as a whole
  cross join unnest(formats) f (format)
  group by 1
  on conflict (topic) do update
    set position = excluded.position, due_at = least(websub_pings.due_at, excluded.due_at + interval '30 seconds');
  update websub_progress set position = upto;
  return taken;
end $$;
