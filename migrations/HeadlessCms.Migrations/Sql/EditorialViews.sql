-- Any revision with everything that it names expanded. A column that a query does not ask for is not computed.
create view revision_contents as
select
  r.article_id as id, r.number as revision, r.slug, r.headline, r.standfirst,
  r.body_format, r.body_source, r.body_html, r.word_count,
  r.language, r.genre, r.byline, r.dateline_source, r.lead_image, r.embargo_until, r.external_id, r.note, r.saved_at, r.saved_by,
  (select jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'kind', c.place_kind, 'countryCode', c.country_code,
                             'latitude', c.latitude, 'longitude', c.longitude)
   from concepts c where c.id = r.dateline_place_id) as dateline_place,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name) order by x.position), '[]')
   from authorships x join concepts c on c.id = x.person_id
   where x.article_id = r.article_id and x.revision = r.number) as authors,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', m.relation, 'role', m.role)
                             order by m.position), '[]')
   from mentions m join concepts c on c.id = m.concept_id
   where m.article_id = r.article_id and m.revision = r.number and c.kind = 'person') as people,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', m.relation, 'kind', c.place_kind,
                                                'countryCode', c.country_code, 'latitude', c.latitude, 'longitude', c.longitude)
                             order by m.position), '[]')
   from mentions m join concepts c on c.id = m.concept_id
   where m.article_id = r.article_id and m.revision = r.number and c.kind = 'place') as places,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', m.relation, 'code', c.code)
                             order by m.position), '[]')
   from mentions m join concepts c on c.id = m.concept_id
   where m.article_id = r.article_id and m.revision = r.number and c.kind = 'topic') as topics
from revisions r;

-- The newest revision of each article, and where the article stands by the clock.
create view working_copies as
select
  r.*, a.created_at, a.created_by, live.revision as live_revision,
  case
    when a.trashed_at is not null then 'trashed'
    when live.revision is not null then 'live'
    when exists (select from publications p where p.article_id = a.id and p.live_from > cms_now() and p.live_until is distinct from p.live_from)
      then 'scheduled'
    when exists (select from publications p where p.article_id = a.id and p.live_until is distinct from p.live_from) then 'expired'
    else 'draft'
  end as status,
  (select jsonb_build_object('at', to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'event', b.event, 'revision', b.revision)
   from (
     select p.live_from as at, 'goesLive' as event, p.revision
     from publications p
     where p.article_id = a.id and p.live_from > cms_now() and p.live_until is distinct from p.live_from
     union all
     select p.live_until, 'expires', p.revision
     from publications p
     where p.article_id = a.id and p.live_until > cms_now() and p.live_until > p.live_from
   ) b
   order by b.at, b.event desc limit 1) as next
from articles a
join revision_contents r on r.id = a.id and r.revision = a.revision_number
left join publications live
  on live.article_id = a.id and live.live_from <= cms_now() and (live.live_until is null or live.live_until > cms_now());
