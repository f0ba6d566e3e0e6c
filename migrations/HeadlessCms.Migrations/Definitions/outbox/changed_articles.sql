-- The articles that each change concerns: its own, and the same story in other languages, which names it.
create view public.changed_articles as
select c.position, c.article_id
from public.changes c
where c.article_id is not null
union all
select c.position, t.article_id
from public.changes c join public.publications t on t.original_id = c.article_id
union all
select c.position, x.article_id
from public.changes c
join public.publications p on p.article_id = c.article_id and p.original_id is not null
cross join lateral (
  select p.original_id as article_id
  union all
  select t.article_id from public.publications t where t.original_id = p.original_id) x;
