-- The meaning of an editor's words in each configuration that texts have, found by one look-up in each index of words. No row where the
-- words name nothing to look for.
create or replace function public.working_copy_terms(q text) returns table (configuration text, whole tsquery)
  language plpgsql stable parallel safe rows 1 as $$
#variable_conflict use_column
begin
  return query
  with recursive used (configuration) as (
    select min(t.configuration::text) from public.working_copy_texts t
    union all
    select (select min(t.configuration::text) from public.working_copy_texts t where t.configuration::text > u.configuration)
    from used u where u.configuration is not null)
  select u.configuration, m.whole
  from (select u.configuration from used u where u.configuration is not null
        union
        select public.search_configuration(r.language)
        from public.waiting_texts w join public.revisions r on r.article_id = w.article_id and r.number = w.revision
        union
        select c.configuration::text from public.search_configurations c) u
  cross join lateral public.search_query(q, u.configuration, true) m
  where m.whole is not null;
end $$;

-- The revisions that have the words of a query, the last of them perhaps half, and the working copy that has it as its id, slug or external
-- id. Of what is published, earlier revisions are among them. A revision may come more than once.
drop function if exists public.working_copy_matches(text); -- its columns changed
create function public.working_copy_matches(q text) returns table (article_id uuid, revision int) language sql stable parallel safe as $$
  select t.article_id, t.revision
  from public.working_copy_terms(q) s
  join public.working_copy_texts t on t.configuration = s.configuration and t.words @@ s.whole
  union all
  select w.article_id, w.revision -- which the index has not taken in yet
  from (
    select w.article_id, w.revision, r
    from public.waiting_texts w
    join public.articles a on a.id = w.article_id and a.revision_number = w.revision
    join public.revisions r on r.article_id = w.article_id and r.number = w.revision
    offset 0) w -- or the words of revisions that do not wait might be made
  join public.working_copy_terms(q) s on s.configuration = public.search_configuration((w.r).language)
  where public.working_copy_words(w.r, s.configuration) @@ s.whole
  union all
  select t.article_id, t.revision
  from public.working_copy_terms(q) s
  join public.publication_texts t on t.configuration = s.configuration and t.words @@ s.whole
  union all
  select a.id, a.revision_number
  from public.article_slugs s join public.articles a on a.id = s.article_id
  where s.slug = btrim(q)
  union all
  select a.id, a.revision_number from public.articles a where a.external_id = btrim(q)
  union all
  select a.id, a.revision_number from public.articles a
  where a.id = case when btrim(q) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then btrim(q)::uuid end
$$;
