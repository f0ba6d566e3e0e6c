-- The slug of a live article, and those under which it was live before and that no other article has taken since.
create view live.article_slugs as
select distinct s.slug, s.article_id
from public.live_publications p
join public.article_slugs s on s.article_id = p.article_id
join public.publications was on was.article_id = s.article_id and was.slug = s.slug
where was.live_from <= public.cms_now() and was.live_until is distinct from was.live_from;
