-- What partners who hold a copy must be told: the articles that were withdrawn within the last thirty days.
create view live.tombstones as
select w.article_id, w.withdrawn_at, w.reason
from public.withdrawals w
where w.withdrawn_at <= cms_now() and w.withdrawn_at > cms_now() - interval '30 days'
  and (w.lifted_at is null or w.lifted_at > cms_now());

-- In whose feeds they stood: of what they ever named while they were live, and of what that lies within.
create view live.tombstone_concepts as
select distinct w.article_id, t.ancestor_id as concept_id
from live.tombstones w
join public.publications p on p.article_id = w.article_id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from
join public.mentions m on m.article_id = p.article_id and m.revision = p.revision
join public.concept_tree t on t.concept_id = m.concept_id;

-- Every page of the public site, in an order in which what is new comes last: the pages of a sitemap stay as they are while it grows.
create view live.sitemap_entries as
select 'articles' as kind, p.slug, p.updated_at, row_number() over (order by p.published_at, p.article_id) as place
from live.publications p
union all
select 'people', c.slug, null, row_number() over (order by c.id) from live.visible_concepts c where c.kind = 'person'
union all
select 'places', c.slug, null, row_number() over (order by c.id) from live.visible_concepts c where c.kind = 'place'
union all
select 'topics', c.slug, null, row_number() over (order by c.id) from live.visible_concepts c where c.kind = 'topic';

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.tombstones, live.tombstone_concepts, live.sitemap_entries to cms_live;
  end if;
end $$;
