-- Lets revisions name what the concepts that they name were merged into, and lets that appear. Where a revision names both, the closer
-- relation stays.
create or replace function public.follow_merges(of_articles uuid[], of_revisions int[]) returns void language plpgsql as $$
begin
  with named as (
    select m.article_id, m.revision, m.concept_id,
           row_number() over (partition by m.article_id, m.revision, coalesce(c.merged_into_id, c.id)
                              order by m.relation = 'about' desc, c.merged_into_id is null desc, m.position) as rank
    from unnest(of_articles, of_revisions) as r (article_id, revision)
    join public.mentions m on m.article_id = r.article_id and m.revision = r.revision
    join public.concepts c on c.id = m.concept_id)
  delete from public.mentions m using named n
  where n.rank > 1 and m.article_id = n.article_id and m.revision = n.revision and m.concept_id = n.concept_id;
  update public.mentions m set concept_id = c.merged_into_id
  from unnest(of_articles, of_revisions) as r (article_id, revision), public.concepts c
  where m.article_id = r.article_id and m.revision = r.revision and c.id = m.concept_id and c.merged_into_id is not null;

  with named as (
    select x.article_id, x.revision, x.person_id,
           row_number() over (partition by x.article_id, x.revision, coalesce(c.merged_into_id, c.id) order by x.position) as rank
    from unnest(of_articles, of_revisions) as r (article_id, revision)
    join public.authorships x on x.article_id = r.article_id and x.revision = r.revision
    join public.concepts c on c.id = x.person_id)
  delete from public.authorships x using named n
  where n.rank > 1 and x.article_id = n.article_id and x.revision = n.revision and x.person_id = n.person_id;
  update public.authorships x set person_id = c.merged_into_id
  from unnest(of_articles, of_revisions) as r (article_id, revision), public.concepts c
  where x.article_id = r.article_id and x.revision = r.revision and c.id = x.person_id and c.merged_into_id is not null;

  update public.revisions v set dateline_place_id = c.merged_into_id
  from unnest(of_articles, of_revisions) as r (article_id, revision), public.concepts c
  where v.article_id = r.article_id and v.number = r.revision and c.id = v.dateline_place_id and c.merged_into_id is not null;

  perform public.appear(array(
    select p.id from unnest(of_articles, of_revisions) as r (article_id, revision)
    join public.publications p on p.article_id = r.article_id and p.revision = r.revision));
end $$;
