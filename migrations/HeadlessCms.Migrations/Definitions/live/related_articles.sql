-- requires: live/versions
-- The live articles that share what a live article names: of each of its twenty rarest concepts the newest hundred. The fewer stories
-- name a concept, the more it means that two of them do. The same story in another language is none of them.
create or replace function live.related_articles(article uuid, most int)
  returns table (publication_id uuid, rank bigint)
  language plpgsql stable parallel safe rows 10 set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with named as materialized (
    select m.concept_id, 1 / ln(2.0 + coalesce(s.stories, 0)) as weight
    from live.mentions m left join live.story_counts s on s.concept_id = m.concept_id
    where m.article_id = article
    order by 2 desc, 1 limit 20),
  story as materialized (
    select v.article_id
    from live.versions v
    where v.story_id = (select coalesce(a.original_id, a.id) from live.articles a where a.id = article))
  select o.publication_id, row_number() over (order by sum(n.weight) desc, o.published_at desc, o.article_id desc)
  from named n cross join lateral (
    select a.publication_id, a.article_id, a.published_at
    from live.appearances a
    where a.concept_id = n.concept_id and a.kind = 'subject' and (a.directly_about or a.directly_mentions) and a.article_id <> article
      and a.article_id <> all (array(select s.article_id from story s))
    order by a.published_at desc, a.article_id desc
    limit 100) o
  group by o.publication_id, o.article_id, o.published_at
  order by 2
  limit most;
end $$;
