-- The publications whose range holds now.
create view public.live_publications as
select p.article_id, p.revision, p.slug, p.first_live_from as published_at, p.live_from as updated_at, p.id as publication_id, p.live_until,
  p.planned_until, p.no_index, p.no_syndication, p.original_id
from public.publications p
where p.live_from <= public.cms_now() and (p.live_until is null or p.live_until > public.cms_now());
