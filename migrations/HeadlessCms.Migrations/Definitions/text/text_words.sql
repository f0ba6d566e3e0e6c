-- requires: text/split_words
-- A word without accents, and with letters that are written alike as one.
create or replace function public.fold_word(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  if octet_length($1) = char_length($1) then return $1; end if;
  return translate(
    public.unaccent('public.unaccent'::regdictionary, normalize(regexp_replace(regexp_replace(normalize($1, NFD),
        '([a-zα-ω])[\u0300-\u036f]+', '\1', 'g'),
      '[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]+',
      '', 'g'),
      NFC)),
    'ςأإآٱى', 'σااااي');
end $$;

-- The forms under which a word is stored and looked up, without accents: its stem, the stem of the word without accents, and where a
-- language has another spelling for a letter (Köln, Koeln), the stem of that. Stop words are words like others.
create or replace function public.word_forms(word text, configuration text) returns text[]
  language plpgsql immutable strict parallel safe as $$
declare
  stemmer text := 'pg_catalog.' || configuration || '_stem';
  spellings text[] := array[word];
begin
  if configuration = 'simple' or word ~ '^[0-9]' then return array[public.fold_word(replace(word, '~', '.'))]; end if;
  if configuration = 'portuguese' then
    word := regexp_replace(regexp_replace(word, '[õã]es$', 'ão'), 'coes$', 'cao');
    spellings[1] := word;
  elsif configuration = 'arabic' then -- without the article
    word := regexp_replace(regexp_replace(word, '^(?:[وبكف]?ال|لل)(?=.{3})', ''), '(...)ه$', '\1ة');
    spellings[1] := word;
  end if;
  if octet_length(word) > char_length(word) then spellings := spellings || public.fold_word(word); end if;
  if configuration in ('german', 'danish', 'norwegian', 'swedish') then
    if word ~ '[äöüøå]' then
      spellings := spellings || replace(regexp_replace(replace(replace(word, 'ä', 'ae'), 'ü', 'ue'), '[öø]', 'oe', 'g'), 'å', 'aa');
    elsif configuration = 'german' and word ~ '[ao]e|[^aeoq]ue' then
      spellings := spellings || replace(replace(regexp_replace(word, '([^aeoq])ue', '\1ü', 'g'), 'ae', 'ä'), 'oe', 'ö');
    end if;
  elsif spellings[2] is null then -- most words
    return array[coalesce((ts_lexize(stemmer::regdictionary, word))[1], word)];
  end if;
  return array(
    select distinct public.fold_word(coalesce((ts_lexize(stemmer::regdictionary, s.spelling))[1], s.spelling))
    from unnest(spellings) s (spelling));
end $$;

-- Whether a word says nothing on its own.
create or replace function public.is_stop_word(word text, configuration text) returns boolean
  language plpgsql immutable strict parallel safe as $$
begin
  return configuration <> 'simple' and ts_lexize(('pg_catalog.' || configuration || '_stem')::regdictionary, word) = '{}';
end $$;

-- A word in parts as one word (e-mail, email); null where it is in too many, or reads as letters and digits, which are apart.
create or replace function public.joined_word(parts text[], configuration text) returns text[]
  language plpgsql immutable parallel safe as $$
declare
  word text := array_to_string(parts, '');
begin
  if cardinality(parts) between 2 and 4 and word !~ '[^0-9][0-9]|[0-9][^0-9]' then return public.word_forms(word, configuration); end if;
  return null;
end $$;

-- The words of a text with their places and a weight. A word in parts is also one word, and a run of characters is also pairs of them.
-- A tsvector holds a megabyte, so of what is longer only the beginning counts.
create or replace function public.text_words(text, configuration text, weight text) returns tsvector
  language plpgsql immutable parallel safe as $$
declare
  -- Most words are plain: ASCII letters that have one spelling. One expression takes their stems, because a loop over the words takes
  -- longer, and a call of word_forms for each word much longer.
  stemmer regdictionary := case when configuration <> 'simple' then 'pg_catalog.' || configuration || '_stem' end;
  respelled text := case configuration when 'german' then '[aou]e' when 'portuguese' then 'coes$' end;
  words text[] := public.split_words($1, configuration);
  entries text[];
  others int[]; -- the places of those that are not plain
  place int;
  last int := 0; -- the place of the one before
  word text;
  part text; -- the word without its sign
  parts text[];
  entry text;
  size int;
begin
  select array[string_agg('''' || coalesce((ts_lexize(stemmer, w.word))[1], w.word) || ''':' || w.n || weight, ' ')
           filter (where w.is_plain)],
         array_agg(w.n order by w.n) filter (where not w.is_plain)
  into entries, others
  from (
    select u.word, u.n, stemmer is not null and u.word collate "C" between 'a' and '{' and octet_length(u.word) = char_length(u.word)
      and right(u.word, 1) <> '''' and length(u.word) <= 200 and (respelled is null or u.word !~ respelled) as is_plain
    from unnest(words) with ordinality u (word, n)) w;
  size := coalesce(octet_length(entries[1]), 0);
  foreach place in array others || (cardinality(words) + 1) loop -- after the last word what is joined is complete
    word := words[place];
    if parts[2] is not null and (place > last + 1 or word is null or word not like '-%') then
      entries := entries || ('''' || array_to_string(public.joined_word(parts, configuration), ''':' || last || weight || ' ''')
        || ''':' || last || weight);
    end if;
    exit when word is null or size > 1000000;
    if place > last + 1 then parts := array[words[place - 1]]; end if;
    part := left(trim(word, '-~'''), 200);
    entry := '''' || array_to_string(
      case when word like '~%' then array[parts[1] || part] end || public.word_forms(part, configuration),
      ''':' || place || weight || ' ''') || ''':' || place || weight;
    entries := entries || entry;
    size := size + octet_length(entry);
    parts := case when word like '-%' then parts || part else array[part] end;
    last := place;
  end loop;
  return coalesce(array_to_string(entries, ' '), '')::tsvector;
end $$;
