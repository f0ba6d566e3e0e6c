-- Every page of the public site, in an order in which what is new comes last, once more: with the key that the order is by, and without a
-- place, for which all that comes before must be counted. A sitemap begins with what says so itself, by its id as one in 2,048 does, so it
-- stays where it is while others come and go; that one has 50,000 is as likely as 1 to 40,000 millions.
drop view live.sitemap_entries;
create view live.sitemap_entries as
select 'articles' as kind, p.first_live_from as at, p.article_id as id, p.slug, p.live_from as updated_at, right(p.article_id::text, 3) in ('000', '800') as begins
from public.publications p
where p.live_from <= (select cms_now()) and (p.live_until is null or p.live_until > (select cms_now())) -- asked once, not for each of a million
union all
select k.kinds, '-infinity', c.id, c.slug,
       (select a.published_at from live.appearances a where a.concept_id = c.id and a.way = 'named' order by a.published_at desc limit 1),
       right(c.id::text, 3) in ('000', '800')
from (values ('person', 'people'), ('place', 'places'), ('topic', 'topics')) k (kind, kinds)
join live.visible_concepts c on c.kind = k.kind;
create index ix_publications_sitemaps on publications (first_live_from, article_id) where right(article_id::text, 3) in ('000', '800');

-- The sitemaps: where each begins and ends, and when the newest of its pages was published. The first of a kind begins with nothing before it.
create view live.sitemaps as
with begins as (
  select e.kind, e.at, e.id from live.sitemap_entries e where e.begins
  union all
  select kind, '-infinity', '00000000-0000-0000-0000-000000000000' from (values ('articles'), ('people'), ('places'), ('topics')) k (kind)
),
sitemaps as (
  select b.kind, b.at, b.id,
    lead(b.at, 1, 'infinity') over kinds as end_at,
    lead(b.id, 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff') over kinds as end_id
  from begins b
  window kinds as (partition by b.kind order by b.at, b.id)
)
select s.kind, s.at, s.id, s.end_at, s.end_id, e.updated_at
from sitemaps s
cross join lateral (
  select max(e.updated_at) as updated_at, count(*) as pages from live.sitemap_entries e
  where e.kind = s.kind and (e.at, e.id) >= (s.at, s.id) and (e.at, e.id) < (s.end_at, s.end_id)) e
where e.pages > 0;

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.sitemap_entries, live.sitemaps to cms_live;
  end if;
end $$;
