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

-- What somebody may be about to type: concepts with a name that has the words typed, the last of them perhaps half. Where those are not
-- enough, also such as have a name that is spelt nearly so.
create or replace function live.suggested_concepts(q text, kinds text[], most int)
  returns table (id uuid, kind text, slug text, name text, matched text, rank bigint)
  language plpgsql stable parallel safe rows 10 set client_min_messages = error set plan_cache_mode = force_generic_plan
  set pg_trgm.word_similarity_threshold = 0.4 as $$
declare
  letters text := btrim(public.spelling(q));
  least_likeness real := public.least_likeness(letters);
  typed tsquery := public.typed_name(q);
  shown uuid[] := '{}';
begin
  if typed is null then return; end if;
  for id, kind, slug, name, matched, rank in
    select f.concept_id, f.kind, f.slug, f.concept_name, f.name,
           row_number() over (order by f.likeness desc, coalesce(s.stories, 0) desc, f.concept_name, f.concept_id)
    from (
      select distinct on (n.concept_id) n.*, public.word_similarity(letters, n.spelt) as likeness
      from live.concept_names n
      where n.words @@ typed and n.kind = any(kinds)
      order by n.concept_id, public.word_similarity(letters, n.spelt) desc, n.name <> n.concept_name, n.name) f
    left join live.story_counts s on s.concept_id = f.concept_id
    order by 6
    limit most
  loop
    shown := shown || id;
    return next;
  end loop;
  if cardinality(shown) = most or least_likeness > 1 then return; end if;
  return query
  select f.concept_id, f.kind::text, f.slug::text, f.concept_name::text, f.name,
         cardinality(shown) + row_number() over (order by f.likeness desc, coalesce(s.stories, 0) desc, f.concept_name, f.concept_id)
  from (
    select distinct on (n.concept_id) n.*, public.word_similarity(letters, n.spelt) as likeness
    from live.concept_names n
    where letters operator(public.<%) n.spelt
      and public.word_similarity(letters, n.spelt) >= least_likeness
      and n.kind = any(kinds) and n.concept_id <> all(shown)
    order by n.concept_id, public.word_similarity(letters, n.spelt) desc, n.name <> n.concept_name, n.name) f
  left join live.story_counts s on s.concept_id = f.concept_id
  order by 6
  limit most - cardinality(shown);
end $$;
