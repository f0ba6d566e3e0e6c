-- The feeds that a change touches, of what readers may know: that of all articles, those of what an article names in what readers saw of
-- it, those of its authors, and a concept's own. Without their format: people/jane-doe, authors/jane-doe.
create view public.touched_feeds as
select c.position, 'articles' as feed
from live.changes c
where c.kind = 'article'
union all
select c.position, case a.kind when 'author' then 'authors' else k.plural end || '/' || v.slug
from live.changes c
join public.publications p
  on p.article_id = c.id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
join public.appearances a on a.publication_id = p.id
join public.visible_concepts v on v.id = a.concept_id
join public.concept_kinds k on k.kind = v.kind
where c.kind = 'article'
union all
select c.position, k.plural || '/' || v.slug
from live.changes c
join public.visible_concepts v on v.id = coalesce(c.merged_into_id, c.id)
join public.concept_kinds k on k.kind = v.kind
where c.kind <> 'article'
union all
select c.position, 'authors/' || v.slug
from live.changes c
join public.visible_concepts v on v.id = coalesce(c.merged_into_id, c.id)
where c.kind = 'person'
  and exists (
    select from public.appearances a
    join public.publications p on p.id = a.publication_id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
    where a.concept_id = v.id and a.kind = 'author');

-- Queues pings for the feeds that the next changes touch, and remembers how far that goes, in one transaction; where another node is at
-- it there is nothing to do. Changes of more than a day ago are not sent. A feed whose ping failed is tried soon after it changes again.
-- Returns how many changes it took.
create or replace function public.touch_feeds(most int, formats text[]) returns int language plpgsql as $$
declare
  before bigint;
  upto bigint;
  taken int;
begin
  select position into before from public.websub_progress for update skip locked;
  if not found then return 0; end if;
  select max(position), count(*) into upto, taken
  from (select position from public.changes where position > before order by position limit most) n;
  if taken = 0 then return 0; end if;
  insert into public.websub_pings (topic, position, tries, due_at)
  select '/feeds/' || t.feed || '.' || f.format, max(t.position), 0,
         clock_timestamp() + interval '1 second' -- by then every node serves the new version
  from (
    select position from public.changes
    where position > before and position <= upto and at > clock_timestamp() - interval '1 day') c
  cross join lateral (
    select position, feed from public.touched_feeds where position = c.position offset 0) t -- one by one: the view is not read as a whole
  cross join unnest(formats) f (format)
  group by 1
  on conflict (topic) do update
    set position = excluded.position, due_at = least(websub_pings.due_at, excluded.due_at + interval '30 seconds');
  update public.websub_progress set position = upto;
  return taken;
end $$;
