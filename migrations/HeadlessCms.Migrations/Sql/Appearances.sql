-- Where each concept appears, newest first: one row for each publication and each concept that its revision names or whose parts it names
-- (way 'named'), and for each of its authors (way 'wrote'). Kept by the database. The primary key is the index that lists are read from,
-- so that a page of what names a person, a place or a topic costs the same however many stories there are.
create table appearances (
  concept_id uuid not null,
  way varchar(5) not null constraint ck_appearances_way check (way in ('named', 'wrote')),
  first_live_from timestamptz not null,
  article_id uuid not null,
  publication_id uuid not null references publications on delete cascade,
  about boolean not null,              -- by a mention of this relation, of the concept or of what lies below it
  mentions boolean not null,
  directly_about boolean not null,     -- of the concept itself
  directly_mentions boolean not null,
  primary key (concept_id, way, first_live_from, article_id, publication_id) include (about, mentions, directly_about, directly_mentions)
);
create index ix_appearances_publication_id on appearances (publication_id);

-- Writes anew where the concepts of some publications appear.
create function appear(of_publications uuid[]) returns void language sql as $$
  delete from appearances where publication_id = any(of_publications);
  insert into appearances (concept_id, way, first_live_from, article_id, publication_id, about, mentions, directly_about, directly_mentions)
  select t.ancestor_id, 'named', p.first_live_from, p.article_id, p.id,
         bool_or(m.relation = 'about'), bool_or(m.relation = 'mentions'),
         bool_or(m.relation = 'about' and t.depth = 0), bool_or(m.relation = 'mentions' and t.depth = 0)
  from publications p
  join mentions m on m.article_id = p.article_id and m.revision = p.revision
  join concept_tree t on t.concept_id = m.concept_id
  where p.id = any(of_publications)
  group by t.ancestor_id, p.id
  union all
  select x.person_id, 'wrote', p.first_live_from, p.article_id, p.id, false, false, false, false
  from publications p
  join authorships x on x.article_id = p.article_id and x.revision = p.revision
  where p.id = any(of_publications);
$$;

-- When the transaction ends: what a publication's revision names may be written after it.
create function publication_appears() returns trigger language plpgsql as $$
begin
  perform appear(array[new.id]);
  return null;
end $$;
create constraint trigger publications_appear after insert on publications
  deferrable initially deferred for each row execute function publication_appears();
create constraint trigger publications_appear_elsewhere after update of first_live_from on publications
  deferrable initially deferred for each row when (old.first_live_from is distinct from new.first_live_from) execute function publication_appears();

-- What moves to another place in its hierarchy takes along where it appears.
create function move_appearances() returns trigger language plpgsql as $$
begin
  perform appear(array(select distinct publication_id from appearances where concept_id = new.id and way = 'named'));
  return null;
end $$;
create trigger concepts_move_appearances after update of parent_id on concepts
  for each row when (old.parent_id is distinct from new.parent_id) execute function move_appearances();

-- So does what was merged.
alter function follow_merges(uuid[], int[]) rename to follow_merges_in_revisions;
create function follow_merges(of_articles uuid[], of_revisions int[]) returns void language sql as $$
  select follow_merges_in_revisions(of_articles, of_revisions);
  select appear(array(
    select p.id from unnest(of_articles, of_revisions) as r (article_id, revision)
    join publications p on p.article_id = r.article_id and p.revision = r.revision));
$$;

select appear(array(select id from publications));

-- A look-up by slug or by article is a btree's: as expressions the exclusions do not offer themselves for it.
alter table publications drop constraint ex_publications_article, drop constraint ex_publications_slug;
alter table publications add constraint ex_publications_article
  exclude using gist ((article_id::text) with =, tstzrange(live_from, live_until) with &&) deferrable initially deferred;
alter table publications add constraint ex_publications_slug
  exclude using gist ((slug || '') with =, tstzrange(live_from, live_until) with &&) deferrable initially deferred;

-- The views that readers and editors share, once more: one look at a revision's mentions gives its people, places and topics, and what is
-- gathered is json, which is made for less than jsonb.
drop view live.articles;
drop view working_copies;
drop view revision_contents;

create view revision_contents as
select
  r.article_id as id, r.number as revision, r.slug, r.headline, r.standfirst,
  r.body_format, r.body_source, r.body_html, r.word_count,
  r.language, r.genre, r.byline, r.dateline_source, r.lead_image, r.embargo_until, r.external_id, r.note, r.saved_at, r.saved_by,
  (select json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'kind', c.place_kind, 'countryCode', c.country_code,
                            'latitude', c.latitude, 'longitude', c.longitude)
   from concepts c where c.id = r.dateline_place_id) as dateline_place,
  (select coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name) order by x.position), '[]')
   from authorships x join concepts c on c.id = x.person_id
   where x.article_id = r.article_id and x.revision = r.number) as authors,
  named.people, named.places, named.topics
from revisions r
left join lateral (
  select
    coalesce(json_agg(json_build_object('id', n.id, 'slug', n.slug, 'name', n.name, 'relation', n.relation, 'role', n.role))
             filter (where n.kind = 'person'), '[]') as people,
    coalesce(json_agg(json_build_object('id', n.id, 'slug', n.slug, 'name', n.name, 'relation', n.relation, 'kind', n.place_kind,
                                        'countryCode', n.country_code, 'latitude', n.latitude, 'longitude', n.longitude))
             filter (where n.kind = 'place'), '[]') as places,
    coalesce(json_agg(json_build_object('id', n.id, 'slug', n.slug, 'name', n.name, 'relation', n.relation, 'code', n.code))
             filter (where n.kind = 'topic'), '[]') as topics
  from (
    select c.id, c.kind, c.slug, c.name, c.place_kind, c.country_code, c.latitude, c.longitude, c.code, m.relation, m.role
    from mentions m join concepts c on c.id = m.concept_id
    where m.article_id = r.article_id and m.revision = r.number
    order by m.position) n
) named on true;

create view working_copies as
select
  r.*, a.created_at, a.created_by, live.revision as live_revision,
  case
    when a.trashed_at is not null then 'trashed'
    when exists (select from withdrawals w where w.article_id = a.id and w.lifted_at is null) then 'withdrawn'
    when live.revision is not null then 'live'
    when exists (select from publications p where p.article_id = a.id and p.live_from > cms_now() and p.live_until is distinct from p.live_from)
      then 'scheduled'
    when exists (select from publications p where p.article_id = a.id and p.live_until is distinct from p.live_from) then 'expired'
    else 'draft'
  end as status,
  (select json_build_object('at', to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'event', b.event, 'revision', b.revision)
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

create or replace view live.publications as
select p.article_id, p.revision, p.slug, p.first_live_from as published_at, p.live_from as updated_at, p.id as publication_id, p.live_until
from public.publications p
where p.live_from <= cms_now() and (p.live_until is null or p.live_until > cms_now());

create view live.articles as
select
  r.id, r.revision, p.slug, r.headline, r.standfirst, r.body_html, r.word_count, r.language, r.genre, r.byline,
  r.dateline_source, r.dateline_place, r.lead_image, r.authors, r.people, r.places, r.topics, p.published_at, p.updated_at,
  (select coalesce(json_agg(json_build_object(
             'kind', n.correction_kind, 'text', n.correction_text,
             'at', to_char(n.live_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by n.live_from desc), '[]')
   from public.publications n
   where n.article_id = p.article_id and n.correction_kind is not null and n.live_from <= cms_now()
     and n.live_until is distinct from n.live_from) as corrections,
  p.publication_id, p.live_until
from live.publications p
join public.revision_contents r on r.id = p.article_id and r.revision = p.revision;

-- Where concepts appear in what is live.
create view live.appearances as
select a.concept_id, a.way, a.publication_id, a.article_id, a.first_live_from as published_at, a.about, a.mentions, a.directly_about, a.directly_mentions
from public.appearances a
join live.publications p on p.publication_id = a.publication_id;

-- The same articles, each once for each concept that appears in it, read in the order of where that appears.
create view live.named_articles as
select
  a.article_id as id, r.revision, p.slug, r.headline, r.standfirst, r.body_html, r.word_count, r.language, r.genre, r.byline,
  r.dateline_source, r.dateline_place, r.lead_image, r.authors, r.people, r.places, r.topics, a.first_live_from as published_at, p.updated_at,
  (select coalesce(json_agg(json_build_object(
             'kind', n.correction_kind, 'text', n.correction_text,
             'at', to_char(n.live_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by n.live_from desc), '[]')
   from public.publications n
   where n.article_id = p.article_id and n.correction_kind is not null and n.live_from <= cms_now()
     and n.live_until is distinct from n.live_from) as corrections,
  p.publication_id, p.live_until, a.concept_id, a.way, a.about, a.mentions, a.directly_about, a.directly_mentions
from public.appearances a
join live.publications p on p.publication_id = a.publication_id
join public.revision_contents r on r.id = p.article_id and r.revision = p.revision;

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.articles, live.appearances, live.named_articles to cms_live;
  end if;
end $$;
