-- The articles that are live; of a revision, the columns of readable_revisions. The id is the publication's, because with the time it is
-- the key of pages and an index has both. The revision is joined from the left, so that a query that reads nothing of it does not look
-- it up.
-- Of most articles there are no translations: what others there are is looked up where there is any.
-- "expires_at" is the end that an editor planned; the end by a scheduled update is nobody's business.
create view live.articles as
select
  p.article_id as id, p.slug, p.no_index, p.no_syndication, r.*, p.published_at, p.updated_at,
  (select coalesce(json_agg(json_build_object(
             'kind', n.correction_kind, 'text', n.correction_text,
             'at', to_char(n.live_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by n.live_from desc), '[]')
   from public.publications n
   where n.article_id = p.article_id and n.correction_kind is not null and n.live_from <= public.cms_now()
     and n.live_until is distinct from n.live_from) as corrections,
  p.publication_id, p.live_until,
  case when p.live_until = p.planned_until and (
    select true from public.publications next
    where next.article_id = p.article_id and next.live_from = p.live_until and next.live_until is distinct from next.live_from
    limit 1) is null
  then p.live_until end as expires_at,
  p.original_id,
  case when p.original_id is not null or (
    select true from public.publications t where t.original_id = p.article_id limit 1)
  then (select t.translations from public.translations t where t.publication_id = p.publication_id) end as translations,
  (select s.series from public.series_parts s where s.publication_id = p.publication_id) as series,
  (select a.series_place from public.appearances a
   where a.publication_id = p.publication_id and a.series_place is not null) as series_place
from public.live_publications p
left join public.readable_revisions r on r.of_article = p.article_id and r.revision = p.revision;

-- The same articles, each once for each concept that appears in it, read in the order of its appearances.
create view live.named_articles as
select
  a.article_id as id, p.slug, p.no_index, p.no_syndication, r.*, a.first_live_from as published_at, a.live_from as updated_at,
  (select coalesce(json_agg(json_build_object(
             'kind', n.correction_kind, 'text', n.correction_text,
             'at', to_char(n.live_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by n.live_from desc), '[]')
   from public.publications n
   where n.article_id = p.article_id and n.correction_kind is not null and n.live_from <= public.cms_now()
     and n.live_until is distinct from n.live_from) as corrections,
  p.publication_id, p.live_until,
  case when p.live_until = p.planned_until and (
    select true from public.publications next
    where next.article_id = p.article_id and next.live_from = p.live_until and next.live_until is distinct from next.live_from
    limit 1) is null
  then p.live_until end as expires_at,
  a.concept_id, a.kind, a.about, a.mentions, a.directly_about, a.directly_mentions,
  p.original_id,
  case when p.original_id is not null or (
    select true from public.publications t where t.original_id = p.article_id limit 1)
  then (select t.translations from public.translations t where t.publication_id = p.publication_id) end as translations,
  (select s.series from public.series_parts s where s.publication_id = p.publication_id) as series, a.series_place
from public.appearances a
join public.live_publications p on p.publication_id = a.publication_id
left join public.readable_revisions r on r.of_article = p.article_id and r.revision = p.revision;
