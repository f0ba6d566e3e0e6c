-- Where concepts appear in what is live.
create view live.appearances as
select
  a.concept_id, a.kind, a.publication_id, a.article_id, a.first_live_from as published_at,
  a.about, a.mentions, a.directly_about, a.directly_mentions
from public.appearances a
join public.live_publications p on p.publication_id = a.publication_id;

-- The concepts that live articles mention themselves.
create view live.mentions as
select p.article_id, m.concept_id, m.relation
from public.live_publications p
join public.mentions m on m.article_id = p.article_id and m.revision = p.revision;
