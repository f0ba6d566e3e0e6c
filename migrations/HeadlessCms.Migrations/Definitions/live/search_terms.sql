-- The configurations that texts have, and how many texts and words each has.
create view live.search_configurations as
select c.configuration, c.texts, c.words from public.search_configurations c;

create view live.word_counts as
select w.configuration, w.word, w.texts from public.word_counts w;

-- The meaning of a reader's words in each configuration, or in that of one language: what must hold; the eight rarest words with their
-- weights; the phrases that rank headlines and standfirsts first; the mean length of a text; how many texts there are, and about how
-- many of them are found. No row where the words name nothing to look for.
create or replace function live.search_terms(q text, language text)
  returns table (
    configuration text, whole tsquery, terms tsquery[], weights real[], headline tsquery, standfirst tsquery, mean_length real,
    texts bigint, found real)
  language plpgsql stable parallel safe rows 1 as $$
#variable_conflict use_column
begin
  return query
  select c.configuration::text, m.whole, t.terms, t.weights, m.headline, m.standfirst,
         (c.words / greatest(c.texts, 1)::real)::real, c.texts, coalesce(t.found, c.texts)::real
  from live.search_configurations c
  cross join lateral public.search_query(q, c.configuration) m
  cross join lateral (
    select array_agg(public.word_query(r.forms, '')::tsquery order by r.n) as terms,
           array_agg(public.word_weight(r.texts, c.texts) order by r.n) as weights,
           -- of words that all stand in a text the rarer tell more than the others
           c.texts * exp(sum(ln(greatest(r.texts, 1) / greatest(c.texts, 1)::real) / power(2, r.n - 1))) as found
    from (
      select f.forms, coalesce(max(w.texts), 0) as texts, row_number() over (order by coalesce(max(w.texts), 0)) as n
      from (select distinct string_to_array(term, ' ') as forms from unnest(m.terms) term) f
      left join live.word_counts w on w.configuration = c.configuration and w.word = any(f.forms)
      group by f.forms
      order by n limit 8) r) t
  where m.whole is not null
    and (search_terms.language is null or c.configuration = public.search_configuration(search_terms.language));
end $$;

-- The forms under which words are looked up, each in its language, and whether it is a stop word.
create or replace function live.word_forms(languages text[], words text[])
  returns table (language text, word text, forms text[], is_stop boolean)
  language plpgsql stable parallel safe as $$
begin
  return query
  select w.language, w.word, tsvector_to_array(public.text_words(w.word, c.name, '')),
         coalesce(public.is_stop_word((public.split_words(w.word, c.name))[1], c.name), true)
  from unnest(languages, words) as w (language, word)
  cross join lateral (select public.search_configuration(w.language) as name) c;
end $$;
