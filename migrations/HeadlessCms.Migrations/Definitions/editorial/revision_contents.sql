-- Any revision with everything that it names expanded. A column that a query does not select is not computed. A concept of any kind has
-- the members of all kinds, and lists are json, which costs less to build than jsonb.
create view public.revision_contents as
select
  r.article_id as id, r.number as revision, r.slug, r.headline, r.standfirst,
  r.body_format, r.body_source, r.body_html, r.word_count,
  r.language, r.genre, r.byline, r.dateline_source, r.lead_image, r.embargo_until, r.external_id, r.note, r.saved_at, r.saved_by,
  (select json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'kind', c.place_kind, 'countryCode', c.country_code,
                            'latitude', c.latitude, 'longitude', c.longitude)
   from public.concepts c where c.id = r.dateline_place_id) as dateline_place,
  (select coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name) order by x.position), '[]')
   from public.authorships x join public.concepts c on c.id = x.person_id
   where x.article_id = r.article_id and x.revision = r.number) as authors,
  (select coalesce(json_agg(json_build_object(
             'of', c.kind, 'id', c.id, 'slug', c.slug, 'name', c.name, 'relation', m.relation, 'role', m.role, 'kind', c.place_kind,
             'countryCode', c.country_code, 'latitude', c.latitude, 'longitude', c.longitude, 'code', c.code) order by m.position), '[]')
   from public.mentions m join public.concepts c on c.id = m.concept_id
   where m.article_id = r.article_id and m.revision = r.number) as concepts
from public.revisions r;

-- What readers may see of a revision, should it be live, without its slug.
create view public.readable_revisions as
select
  c.id as of_article, c.revision, c.headline, c.standfirst, c.body_html, c.word_count, c.language, c.genre, c.byline,
  c.dateline_source, c.dateline_place, c.lead_image, c.authors, c.concepts
from public.revision_contents c;
