-- Where each concept appears, in the order in which what readers see was published, too: lists by that are read from it as those by when
-- stories were first published are read from the primary key.
alter table appearances add column live_from timestamptz;
update appearances a set live_from = p.live_from from publications p where p.id = a.publication_id;
alter table appearances alter column live_from set not null;
create index ix_appearances_concept_id_live_from on appearances (concept_id, way, live_from, article_id);

create or replace function appear(of_publications uuid[]) returns void language sql as $$
  delete from appearances where publication_id = any(of_publications);
  insert into appearances (concept_id, way, first_live_from, live_from, article_id, publication_id, about, mentions, directly_about, directly_mentions)
  select t.ancestor_id, 'named', p.first_live_from, p.live_from, p.article_id, p.id,
         bool_or(m.relation = 'about'), bool_or(m.relation = 'mentions'),
         bool_or(m.relation = 'about' and t.depth = 0), bool_or(m.relation = 'mentions' and t.depth = 0)
  from publications p
  join mentions m on m.article_id = p.article_id and m.revision = p.revision
  join concept_tree t on t.concept_id = m.concept_id
  where p.id = any(of_publications)
  group by t.ancestor_id, p.id
  union all
  select x.person_id, 'wrote', p.first_live_from, p.live_from, p.article_id, p.id, false, false, false, false
  from publications p
  join authorships x on x.article_id = p.article_id and x.revision = p.revision
  where p.id = any(of_publications);
$$;

create or replace view live.named_articles as
select
  a.article_id as id, r.revision, p.slug, r.headline, r.standfirst, r.body_html, r.word_count, r.language, r.genre, r.byline,
  r.dateline_source, r.dateline_place, r.lead_image, r.authors, r.people, r.places, r.topics, a.first_live_from as published_at, a.live_from as updated_at,
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

-- Nothing reads it any more: who wrote an article is told by where people appear.
drop view live.authorships;
