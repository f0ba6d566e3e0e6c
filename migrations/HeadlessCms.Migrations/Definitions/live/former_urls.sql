-- Where readers found live articles before these came to this newsroom.
create view live.former_urls as
select u.host, u.path, u.article_id
from public.former_urls u
where exists (select from public.live_publications p where p.article_id = u.article_id);
