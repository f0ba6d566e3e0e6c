-- Which revision names which concept, in whatever way.
create view public.concept_uses as
select m.concept_id, m.article_id, m.revision from public.mentions m
union
select x.person_id, x.article_id, x.revision from public.authorships x
union
select r.dateline_place_id, r.article_id, r.number from public.revisions r where r.dateline_place_id is not null;

-- How many articles name a concept in their working copy, and how many in what is live.
create view public.concept_usage as
select u.concept_id, count(distinct a.id)::int as articles, count(distinct p.article_id)::int as live
from public.concept_uses u
left join public.articles a on a.id = u.article_id and a.revision_number = u.revision and a.trashed_at is null
left join public.publications p
  on p.article_id = u.article_id and p.revision = u.revision
  and p.live_from <= public.cms_now() and (p.live_until is null or p.live_until > public.cms_now())
where a.id is not null or p.article_id is not null
group by u.concept_id;
