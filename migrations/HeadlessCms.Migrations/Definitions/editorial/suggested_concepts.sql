-- requires: text/spelling
-- What an editor may be about to type, among all concepts: first those that are called just that, then those with a name or a slug that
-- begins so, then those with a word that begins so; where these are not enough, those with a name that is spelt nearly so. Equal ones by
-- their stories. A name or slug of a concept that was merged leads to the one that remains.
create or replace function public.suggested_concepts(q text, kinds text[], most int)
  returns table (id uuid, kind text, slug text, name text, matched text, visible boolean, context text, rank bigint)
  language plpgsql stable parallel safe rows 10 set client_min_messages = error set plan_cache_mode = force_generic_plan
  set pg_trgm.word_similarity_threshold = 0.4 set pg_trgm.strict_word_similarity_threshold = 0.2 as $$
#variable_conflict use_column
declare
  letters text := btrim(public.spelling(q));
  typo text := public.one_typo(letters);
  whole text := public.plain_name(q);
  typed tsquery := public.typed_name(q);
  slug_start text := lower(btrim(q));
begin
  if typed is null then return; end if;
  return query
  with begun as materialized (
    select coalesce(c.merged_into_id, c.id) as id, n.name as matched, 1::real as likeness, n.name <> c.name as is_other,
           public.name_fit(n.folded, whole) as fit
    from public.concept_names n join public.concepts c on c.id = n.concept_id
    where n.words @@ typed and c.kind = any(kinds)
    union all
    select s.concept_id, s.slug::text, 1, true, case when s.slug = slug_start then 3 else 2 end
    from unnest(kinds) k (kind)
    join public.concept_slugs s on s.kind = k.kind and s.slug >= slug_start and s.slug <= slug_start || chr(1114111)),
  alike as (
    select coalesce(c.merged_into_id, c.id), n.name, public.name_likeness(letters, n.spelt), n.name <> c.name, 0
    from public.concept_names n join public.concepts c on c.id = n.concept_id
    where (select count(distinct b.id) < most from begun b)
      and public.is_spelt_like(letters, typo, n.spelt) and c.kind = any(kinds)),
  best as (
    select distinct on (f.id) f.* from (select * from begun union all select * from alike) f
    order by f.id, f.fit desc, f.likeness desc, f.is_other, f.matched),
  first as (
    select b.id, b.matched,
           row_number() over (
             order by b.fit desc, b.likeness desc, coalesce(s.stories, 0) desc, b.is_other, c.name, b.id) as rank
    from best b join public.concepts c on c.id = b.id left join public.story_counts s on s.concept_id = b.id
    order by 3 limit most)
  select c.id, c.kind::text, c.slug::text, c.name::text, f.matched,
         exists (select from public.visible_concepts v where v.id = c.id),
         coalesce(c.title, p.name, c.country_code, left(c.description, 200))::text, f.rank
  from first f join public.concepts c on c.id = f.id left join public.concepts p on p.id = c.parent_id;
end $$;
