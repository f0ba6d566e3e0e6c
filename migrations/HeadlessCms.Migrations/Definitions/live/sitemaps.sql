-- requires: live/appearances
-- Every page of the public site, in an order in which new pages come last. A sitemap begins at a page whose id says so, as one in 2,048
-- does, so sitemaps stay as they are while pages come and go; that one has more than 50,000 pages is practically impossible.
create view live.sitemap_entries as
select
  'articles' as kind, p.first_live_from as at, p.article_id as id, p.slug, p.live_from as updated_at,
  right(p.article_id::text, 3) in ('000', '800') as begins,
  case when p.original_id is not null or (
    select true from public.publications t where t.original_id = p.article_id limit 1)
  then (select t.translations from public.translations t where t.publication_id = p.id) end as translations
from public.publications p -- the clock is a subquery: it is read once, not for each of a million pages
where p.live_from <= (select public.cms_now()) and (p.live_until is null or p.live_until > (select public.cms_now()))
  and not p.no_index
union all
select k.plural, '-infinity', c.id, c.slug,
       (select a.published_at from live.appearances a
        where a.concept_id = c.id and a.kind = 'subject' order by a.published_at desc limit 1),
       right(c.id::text, 3) in ('000', '800'), null
from public.concept_kinds k
join public.visible_concepts c on c.kind = k.kind;

-- The sitemaps: their bounds, and when their newest page was published. The first of a kind begins below every page.
create view live.sitemaps as
with begins as (
  select e.kind, e.at, e.id from live.sitemap_entries e where e.begins
  union all
  select k.kind, '-infinity', '00000000-0000-0000-0000-000000000000'
  from (values ('articles') union all select plural from public.concept_kinds) k (kind)
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
