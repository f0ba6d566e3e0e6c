-- What somebody asks for, ready for websearch_to_tsquery: signs that stand together in a script without blanks are meant as they stand.
create function search_query(q text) returns text language sql immutable strict parallel safe as $$
  select search_text(case when q ~ '["“”„«»]' then q else regexp_replace(q,
    '(-?)([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,})', ' \1"\2" ', 'g') end)
$$;

create or replace function live.search_terms(q text, language text) returns table (configuration text, whole tsquery, "any" tsquery)
  language plpgsql stable parallel safe rows 1 set client_min_messages = error as $$
declare
  asked text := public.search_query(q);
begin
  return query
  select m.configuration, m.whole, regexp_replace(querytree(m.whole), ' (&|<->|<\d+>) ', ' | ', 'g')::tsquery
  from (
    select c.configuration::text as configuration, websearch_to_tsquery(c.configuration::regconfig, asked) as whole
    from live.search_configurations c
    where search_terms.language is null or c.configuration = public.search_configuration(search_terms.language)) m
  where querytree(m.whole) not in ('', 'T');
end $$;

-- How a name is spelt in Latin letters.
create function spelling(text) returns text language sql immutable strict parallel safe as $$
  select translate(search_text($1),
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўқғҳҷӣӯңөүұәһ', 'abvgdeejziiklmnoprstufhcccc''i''euaiiegukghjiunouuah')
$$;

create or replace view live.concept_names as
select n.concept_id, n.name, n.folded, n.spelt, c.kind, c.slug, c.name as concept_name
from public.concept_names n join live.visible_concepts c on c.id = n.concept_id;

-- The concepts that have a name with the words asked for in it; first those that are called just that, then those of the most stories.
create function live.named_concepts(q text, most int)
  returns table (id uuid, kind text, slug text, name text, matched text, place bigint)
  language plpgsql stable parallel safe set client_min_messages = error set plan_cache_mode = force_generic_plan as $$
declare
  terms tsquery := websearch_to_tsquery('simple', public.search_query(q));
  asked text := regexp_replace(public.search_text(q), '\s+', ' ', 'g');
begin
  if querytree(terms) in ('', 'T') then return; end if;
  return query
  select f.concept_id, f.kind::text, f.slug::text, f.concept_name::text, f.name,
         row_number() over (order by f.whole desc, coalesce(s.stories, 0) desc, f.concept_name, f.concept_id)
  from (
    select distinct on (n.concept_id) n.*, btrim(regexp_replace(n.folded, '\s+', ' ', 'g')) = btrim(asked) as whole
    from live.concept_names n
    where to_tsvector('simple', n.folded) @@ terms
    order by n.concept_id, btrim(regexp_replace(n.folded, '\s+', ' ', 'g')) = btrim(asked) desc, length(n.name), n.name) f
  left join live.story_counts s on s.concept_id = f.concept_id
  order by 6
  limit most;
end $$;

-- What somebody may be about to type: concepts with a name that has the words typed, the last of them perhaps half. Where those are not
-- enough, also such as have a name that is spelt nearly so; three letters are the least that a likeness can be told by.
create function live.suggested_concepts(q text, kinds text[], most int)
  returns table (id uuid, kind text, slug text, name text, matched text, place bigint)
  language plpgsql stable parallel safe set client_min_messages = error set plan_cache_mode = force_generic_plan
  set pg_trgm.word_similarity_threshold = 0.4 as $$
declare
  letters text := btrim(public.spelling(q));
  typed tsquery := nullif(plainto_tsquery('simple', public.search_text(q))::text, '') || ':*';
  shown uuid[] := '{}';
begin
  if typed is null then return; end if;
  for id, kind, slug, name, matched, place in
    select f.concept_id, f.kind, f.slug, f.concept_name, f.name,
           row_number() over (order by f.likeness desc, coalesce(s.stories, 0) desc, f.concept_name, f.concept_id)
    from (
      select distinct on (n.concept_id) n.*, word_similarity(letters, n.spelt) as likeness
      from live.concept_names n
      where to_tsvector('simple', n.folded) @@ typed and (kinds is null or n.kind = any(kinds))
      order by n.concept_id, word_similarity(letters, n.spelt) desc, n.name <> n.concept_name, n.name) f
    left join live.story_counts s on s.concept_id = f.concept_id
    order by 6
    limit most
  loop
    shown := shown || id;
    return next;
  end loop;
  if cardinality(shown) = most or length(letters) < 3 then return; end if;
  return query
  select f.concept_id, f.kind::text, f.slug::text, f.concept_name::text, f.name,
         cardinality(shown) + row_number() over (order by f.likeness desc, coalesce(s.stories, 0) desc, f.concept_name, f.concept_id)
  from (
    select distinct on (n.concept_id) n.*, word_similarity(letters, n.spelt) as likeness
    from live.concept_names n
    where letters <% n.spelt and word_similarity(letters, n.spelt) >= case when length(letters) < 5 then 0.5 else 0.4 end
      and (kinds is null or n.kind = any(kinds)) and n.concept_id <> all(shown)
    order by n.concept_id, word_similarity(letters, n.spelt) desc, n.name <> n.concept_name, n.name) f
  left join live.story_counts s on s.concept_id = f.concept_id
  order by 6
  limit most - cardinality(shown);
end $$;

-- The forms under which words are looked up, each in its language.
create function live.word_forms(languages text[], words text[]) returns table (language text, word text, forms text[])
  language plpgsql stable parallel safe set client_min_messages = error as $$
begin
  return query
  select w.language, w.word, tsvector_to_array(to_tsvector(public.search_configuration(w.language)::regconfig, public.search_text(w.word)))
  from unnest(languages, words) as w (language, word);
end $$;

-- Stories that name a concept themselves, newest first: what a story shares with others is looked up here.
create index ix_appearances_direct on appearances (concept_id, first_live_from, article_id, publication_id)
  where way = 'named' and (directly_about or directly_mentions);

-- The live articles that share what a live article names: of each of its twenty rarest concepts the newest hundred. The fewer stories name a
-- concept, the more it tells that two of them do.
create function live.related_articles(article uuid, most int)
  returns table (publication_id uuid, place bigint)
  language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with named as materialized (
    select m.concept_id, 1 / ln(2.0 + coalesce(s.stories, 0)) as weight
    from live.mentions m left join live.story_counts s on s.concept_id = m.concept_id
    where m.article_id = article
    order by 2 desc, 1 limit 20)
  select o.publication_id, row_number() over (order by sum(n.weight) desc, o.published_at desc, o.article_id desc)
  from named n cross join lateral (
    select a.publication_id, a.article_id, a.published_at
    from live.appearances a
    where a.concept_id = n.concept_id and a.way = 'named' and (a.directly_about or a.directly_mentions) and a.article_id <> article
    order by a.published_at desc, a.article_id desc
    limit 100) o
  group by o.publication_id, o.article_id, o.published_at
  order by 2
  limit most;
end $$;
