-- The live articles as versions of their stories. A story has the id of its original, whether that is live or not.
create view live.versions as
select v.story_id, v.article_id, r.language
from (
  select p.original_id as story_id, p.article_id, p.revision from public.live_publications p where p.original_id is not null
  union all
  select p.article_id, p.article_id, p.revision from public.live_publications p where p.original_id is null) v
join public.revisions r on r.article_id = v.article_id and r.number = v.revision;
