-- requires: text/text_words
-- How a query becomes words. The words are split as those of texts are, so that a query finds the text that it was copied from.

-- A word in any of its forms, with the weights to which it is restricted.
create or replace function public.word_query(forms text[], weights text) returns text
  language plpgsql immutable parallel safe as $$
begin
  return '(''' || array_to_string(forms, '''' || weights || ' | ''') || '''' || weights || ')';
end $$;

-- Words that follow one another; those in parts may also stand as one word.
create or replace function public.phrase_query(words text[], configuration text, weights text) returns text
  language plpgsql immutable parallel safe as $$
declare
  phrase text;
  chain text;
  part text;
  parts text[];
begin
  for n in 1 .. cardinality(words) loop
    part := left(trim(words[n], '-~'''), 200);
    if words[n] like '~%' then -- pairs say all that the characters say
      chain := concat_ws(' <-> ', chain, public.word_query(array[parts[1] || part], weights));
    elsif n = 1 and words[2] like '~%' then
      chain := null;
    elsif words[n] like '-%' then
      chain := concat_ws(' <-> ', chain, public.word_query(public.word_forms(part, configuration), weights));
    else
      if chain is not null then phrase := concat_ws(' <-> ', phrase, public.chain_query(chain, parts, configuration, weights)); end if;
      chain := public.word_query(public.word_forms(part, configuration), weights);
    end if;
    parts := case when words[n] like '-%' then parts || part else array[part] end;
  end loop;
  return concat_ws(' <-> ', phrase, public.chain_query(chain, parts, configuration, weights));
end $$;

create or replace function public.chain_query(chain text, parts text[], configuration text, weights text) returns text
  language plpgsql immutable parallel safe as $$
begin
  return case when parts[2] is null or public.joined_word(parts, configuration) is null then chain
    else '((' || chain || ') | ' || public.word_query(public.joined_word(parts, configuration), weights) || ')' end;
end $$;

-- Words that follow one another, of which the last may be the beginning of one. Such a beginning has no stem.
create or replace function public.typing_query(words text[], configuration text) returns text
  language plpgsql immutable parallel safe as $$
declare
  last text := words[cardinality(words)];
begin
  return public.phrase_query(words, configuration, '') || ' | ' || case
    when cardinality(words) = 1 or last like '~%' then public.phrase_query(words, 'simple', ':*')
    else public.phrase_query(trim_array(words, 1), configuration, '') || ' <-> ' || public.phrase_query(array[last], 'simple', ':*') end;
end $$;

-- The words of a query that rank, each with its forms separated by blanks.
create or replace function public.rank_terms(words text[], configuration text) returns text[]
  language plpgsql immutable parallel safe as $$
declare
  terms text[] := '{}';
  part text;
  before text;
begin
  for n in 1 .. cardinality(words) loop
    part := left(trim(words[n], '-~'''), 200);
    if words[n] like '~%' then
      terms := terms || (before || part);
    elsif words[n + 1] is null or words[n + 1] not like '~%' then
      terms := terms || array_to_string(public.word_forms(part, configuration), ' ');
    end if;
    before := part;
  end loop;
  return terms;
end $$;

-- The meaning of a query in a configuration: what must hold ("quotes" for a phrase, "or", "-" for what must be missing), the words that
-- rank (stop words, too), and the whole as it would stand in a headline and in a standfirst. What is written without a blank is a
-- phrase. Stop words must hold only where there are no others: then they are a phrase. Null where there is nothing to look for. Where
-- somebody is typing, the last word may be the beginning of one, from three bytes on: shorter ones begin too many.
create or replace function public.search_query(
    q text, configuration text, typing boolean default false,
    out whole tsquery, out terms text[], out headline tsquery, out standfirst tsquery)
  language plpgsql immutable parallel safe as $$
declare
  piece text[];
  words text[];
  required text[] := '{}'; -- of the alternative at hand, as are the next two
  missing text[] := '{}';
  stops text[] := '{}';
  alternatives text[] := '{}';
  spoken text[] := '{}';
begin
  terms := '{}';
  for piece in
    select m from regexp_matches(regexp_replace(public.search_text(q, configuration), '\s+', ' ', 'g'),
      '(-?)(?:"([^"]*)"?|([^ "]+)($)?)', 'g') m
    union all
    select array['', null, 'or']
  loop
    if piece[3] = 'or' then
      if required = '{}' and stops <> '{}' then
        required := array[public.phrase_query(stops, configuration, '')];
      end if;
      if required || missing <> '{}' then alternatives := alternatives || array_to_string(required || missing, ' & '); end if;
      required := '{}';
      missing := '{}';
      stops := '{}';
      continue;
    end if;
    words := public.split_words(coalesce(piece[2], piece[3]), configuration);
    continue when words = '{}';
    if piece[1] = '' then spoken := spoken || words; end if;
    if piece[2] is null then
      if words[1] like '%''' and cardinality(words) > 1 then words := words[2:]; end if;
      if words[cardinality(words)] like '~%' then words := public.without_particle(words); end if;
    end if;
    if piece[1] = '-' then
      missing := missing || ('!(' || public.phrase_query(words, configuration, '') || ')');
    elsif piece[2] is null and cardinality(words) = 1 and public.is_stop_word(words[1], configuration) then
      stops := stops || words;
    elsif typing and piece[4] is not null and octet_length(ltrim(words[cardinality(words)], '-~')) >= 3 then
      required := required || ('(' || public.typing_query(words, configuration) || ')');
    else
      required := required || ('(' || public.phrase_query(words, configuration, '') || ')');
    end if;
    if piece[1] = '' then terms := terms || public.rank_terms(words, configuration); end if;
  end loop;
  whole := nullif('(' || array_to_string(alternatives, ') | (') || ')', '()')::tsquery;
  if querytree(whole) in ('', 'T') then whole := null; end if;
  if cardinality(alternatives) = 1 and spoken <> '{}' then
    headline := public.phrase_query(spoken, configuration, ':A')::tsquery;
    standfirst := public.phrase_query(spoken, configuration, ':B')::tsquery;
  end if;
end $$;

-- A Korean word without the particle that ends it.
create or replace function public.without_particle(words text[]) returns text[] language plpgsql immutable parallel safe as $$
declare
  run text := replace(array_to_string(words, ''), '~', '');
  particle text := substring(run from
    '^[\uac00-\ud7a3]{2,}?(에서는|에서|에게서|에게|으로|까지|부터|처럼|보다|은|는|이|가|을|를|의|에|와|과|도|로|만)$');
begin
  return case when particle is null then words else words[:cardinality(words) - char_length(particle)] end;
end $$;
