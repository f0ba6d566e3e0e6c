-- The meaning of an editor's words in each configuration that working copies have, found by one look-up in the index each. No row where
-- the words name nothing to look for.
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
  from used u cross join lateral public.search_query(q, u.configuration, true) m
  where m.whole is not null;
end $$;

-- The articles whose working copy has the words of a query, the last of them perhaps half, and the one that has it as its id, slug or
-- external id. An article may come more than once.
create or replace function public.working_copy_matches(q text) returns table (article_id uuid) language sql stable parallel safe as $$
  select t.article_id
  from public.working_copy_terms(q) s
  join public.working_copy_texts t on t.configuration = s.configuration and t.words @@ s.whole
  union all
  select s.article_id from public.article_slugs s where s.slug = btrim(q)
  union all
  select a.id from public.articles a where a.external_id = btrim(q)
  union all
  select a.id from public.articles a
  where a.id = case when btrim(q) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then btrim(q)::uuid end
$$;
