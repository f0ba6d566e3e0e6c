-- The place of an article in the order of its series, as a sort key: by the number of the part (0 is none, and comes last), then by first
-- publication; an article that never had one comes after the others. Compared by its characters.
create or replace function public.series_place(part int, first_live_from timestamptz) returns text
  language sql stable parallel safe
  return lpad(coalesce(nullif(part, 0), 999999)::text, 6, '0')
    || coalesce(to_char(first_live_from at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), repeat('9', 20));

-- What readers may know of the place of an article in its series, for each publication that is a part of one: the series, and the articles
-- beside it that are live. Row comparisons, because an index has the order.
create view public.series_parts as
select
  own.publication_id,
  json_build_object(
    'id', c.id, 'slug', c.slug, 'name', c.name,
    'part', (select nullif(m.part, 0) from public.publications p
             join public.mentions m on m.article_id = p.article_id and m.revision = p.revision and m.part is not null
             where p.id = own.publication_id),
    'previous', (
      select json_build_object('id', l.article_id, 'slug', l.slug, 'headline', r.headline)
      from public.appearances a
      join public.live_publications l on l.publication_id = a.publication_id
      join public.revisions r on r.article_id = l.article_id and r.number = l.revision
      where a.concept_id = own.concept_id and a.series_place is not null
        and (a.series_place, a.article_id) < (own.series_place, own.article_id)
      order by a.series_place desc, a.article_id desc limit 1),
    'next', (
      select json_build_object('id', l.article_id, 'slug', l.slug, 'headline', r.headline)
      from public.appearances a
      join public.live_publications l on l.publication_id = a.publication_id
      join public.revisions r on r.article_id = l.article_id and r.number = l.revision
      where a.concept_id = own.concept_id and a.series_place is not null
        and (a.series_place, a.article_id) > (own.series_place, own.article_id)
      order by a.series_place, a.article_id limit 1)) as series
from public.appearances own join public.concepts c on c.id = own.concept_id
where own.series_place is not null;
