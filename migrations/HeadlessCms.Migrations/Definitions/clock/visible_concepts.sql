-- A concept is visible from the instant that an editor makes it public, or that its first article goes live. Scalar subqueries, because
-- for EXISTS the planner may hash the mentions of all concepts to show twenty.
create view public.visible_concepts as
select c.*
from public.concepts c
where c.merged_into_id is null
  and (c.public_from <= public.cms_now()
    or (select true from public.mentions m
        join public.publications p on p.article_id = m.article_id and p.revision = m.revision
        where m.concept_id = c.id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
        limit 1)
    or c.kind = 'person' and (
      select true from public.authorships x
      join public.publications p on p.article_id = x.article_id and p.revision = x.revision
      where x.person_id = c.id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
      limit 1)
    or c.kind = 'place' and (
      select true from public.revisions r
      join public.publications p on p.article_id = r.article_id and p.revision = r.number
      where r.dateline_place_id = c.id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
      limit 1));
