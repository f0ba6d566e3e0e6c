-- requires: live/concepts
create view live.concept_names as
select n.concept_id, n.name, n.folded, n.words, n.spelt, c.kind, c.slug, c.name as concept_name
from public.concept_names n join public.visible_concepts c on c.id = n.concept_id;

-- The concepts that have a name with the words asked for in it; first those that are called just that, then those of the most stories.
create or replace function live.named_concepts(q text, most int)
  returns table (id uuid, kind text, slug text, name text, matched text, rank bigint)
  language plpgsql stable parallel safe rows 5
  set client_min_messages = error set plan_cache_mode = force_generic_plan as $$
declare
  terms tsquery := (public.search_query(q, 'simple')).whole;
  asked text := public.plain_name(q);
begin
  if terms is null then return; end if;
  return query
  select f.concept_id, f.kind::text, f.slug::text, f.concept_name::text, f.name,
         row_number() over (order by f.whole desc, coalesce(s.stories, 0) desc, f.concept_name, f.concept_id)
  from (
    select distinct on (n.concept_id) n.*, n.folded = asked as whole
    from live.concept_names n
    where n.words @@ terms
    order by n.concept_id, n.folded = asked desc, length(n.name), n.name) f
  left join live.story_counts s on s.concept_id = f.concept_id
  order by 6
  limit most;
end $$;

-- What somebody may be about to type: first concepts that are called just that, then those with a name that begins so, then those with a
-- word that begins so; where these are not enough, those with a name that is spelt nearly so. Equal ones by their stories.
create or replace function live.suggested_concepts(q text, kinds text[], most int)
  returns table (id uuid, kind text, slug text, name text, matched text, rank bigint)
  language plpgsql stable parallel safe rows 10 set client_min_messages = error set plan_cache_mode = force_generic_plan
  set pg_trgm.word_similarity_threshold = 0.4 set pg_trgm.strict_word_similarity_threshold = 0.2 as $$
#variable_conflict use_column
declare
  letters text := btrim(public.spelling(q));
  typo text := public.one_typo(letters);
  whole text := public.plain_name(q);
  typed tsquery := public.typed_name(q);
begin
  if typed is null then return; end if;
  return query
  with begun as materialized (
    select n.*, 1::real as likeness, public.name_fit(n.folded, whole) as fit
    from live.concept_names n
    where n.words @@ typed and n.kind = any(kinds)),
  alike as (
    select n.*, public.name_likeness(letters, n.spelt), 0
    from live.concept_names n
    where (select count(distinct b.concept_id) < most from begun b)
      and public.is_spelt_like(letters, typo, n.spelt) and n.kind = any(kinds)),
  best as (
    select distinct on (f.concept_id) f.* from (select * from begun union all select * from alike) f
    order by f.concept_id, f.fit desc, f.likeness desc, f.name <> f.concept_name, f.name)
  select b.concept_id, b.kind::text, b.slug::text, b.concept_name::text, b.name,
         row_number() over (
           order by b.fit desc, b.likeness desc, coalesce(s.stories, 0) desc, b.name <> b.concept_name, b.concept_name, b.concept_id)
  from best b left join live.story_counts s on s.concept_id = b.concept_id
  order by 6
  limit most;
end $$;
