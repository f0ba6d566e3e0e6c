-- requires: editorial/article_states, editorial/revision_contents
-- The newest revision of each article, the article's status by the clock, and the next boundary of its publications.
create view public.working_copies as
select
  r.*, a.created_at, a.created_by, a.live_revision, a.status,
  (select json_build_object('at', to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                            'event', b.event, 'revision', b.revision)
   from (
     select p.live_from as at, 'goesLive' as event, p.revision
     from public.publications p
     where p.article_id = a.id and p.live_from > public.cms_now() and p.live_until is distinct from p.live_from
     union all
     select p.live_until, 'expires', p.revision
     from public.publications p
     where p.article_id = a.id and p.live_until > public.cms_now() and p.live_until > p.live_from
   ) b
   order by b.at, b.event desc limit 1) as next,
  (select coalesce(json_agg(translation order by translation.language, translation.id), '[]')
   from (
     select t.id, w.slug, w.language, t.status, public.stale_since(w.original_id, w.original_revision) as "staleSince"
     from public.revisions w join public.article_states t on t.id = w.article_id and t.revision_number = w.number
     where w.original_id = a.id and t.trashed_at is null) translation) as translations,
  (select public.series_place(m.part, (
     select min(p.first_live_from) from public.publications p where p.article_id = a.id and p.live_until is distinct from p.live_from))
   from public.mentions m
   where m.article_id = a.id and m.revision = a.revision_number and m.part is not null) collate "C" as series_place
from public.article_states a
join public.revision_contents r on r.id = a.id and r.revision = a.revision_number;
