-- What readers may know of the same story in other languages, for each publication of an article of which others are translations, or which
-- is one itself: its own language, the other articles that are live, and when one of them last changed or next will. The story's articles
-- are the original, which need not be live, and its translations. Two look-ups, because one condition with OR would use no index.
create view public.translations as
select
  p.id as publication_id,
  (select json_build_object(
     'language', (select r.language from public.revisions r where r.article_id = p.article_id and r.number = p.revision),
     'isOriginal', p.original_id is null,
     'live', coalesce(
       json_agg((
         select row_to_json(one)
         from (select v.article_id as id, v.slug, r.language, r.headline, v.original_id is null as "isOriginal",
                     v.no_index as "noIndex"
               from public.revisions r where r.article_id = v.article_id and r.number = v.revision) one))
       filter (where v.live_from <= public.cms_now() and (v.live_until is null or v.live_until > public.cms_now())), '[]'),
     'changedAt', max(case when v.live_until <= public.cms_now() then v.live_until
                           when v.live_from <= public.cms_now() then v.live_from end),
     'until', min(case when v.live_from > public.cms_now() then v.live_from
                       when v.live_until > public.cms_now() then v.live_until end))
   from (
     select t.article_id, t.revision, t.slug, t.original_id, t.live_from, t.live_until, t.no_index
     from public.publications t
     where t.original_id = coalesce(p.original_id, p.article_id) and t.article_id <> p.article_id
       and t.live_until is distinct from t.live_from
     union all
     select o.article_id, o.revision, o.slug, o.original_id, o.live_from, o.live_until, o.no_index
     from public.publications o
     where o.article_id = p.original_id and o.original_id is null and o.live_until is distinct from o.live_from) v
   having count(*) > 0) as translations
from public.publications p;
