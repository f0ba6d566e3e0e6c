create view live.search_configurations as
select c.configuration from public.search_configurations c;

-- The meaning of a reader's words in each configuration, or in that of one language: what must all hold, and any of the words. No row
-- where they name nothing to look for: only stop words, or words that must be missing.
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

-- The forms under which words are looked up, each in its language.
create or replace function live.word_forms(languages text[], words text[]) returns table (language text, word text, forms text[])
  language plpgsql stable parallel safe set client_min_messages = error as $$
begin
  return query
  select w.language, w.word,
         tsvector_to_array(to_tsvector(public.search_configuration(w.language)::regconfig, public.search_text(w.word)))
  from unnest(languages, words) as w (language, word);
end $$;
