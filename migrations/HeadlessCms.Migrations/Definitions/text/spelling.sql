-- requires: text/text_words
-- A name as its words alone, so that those are the same name that differ in case, accents and signs only.
create or replace function public.plain_name(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  return public.fold_word(translate(array_to_string(public.split_words($1, 'simple'), ' '), '-~''', ''));
end $$;

-- A name in Latin letters, for trigrams.
create or replace function public.spelling(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  return translate(public.fold_word(public.search_text($1)),
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўқғҳҷӣӯңөүұәһ', 'abvgdeejziiklmnoprstufhcccc''i''euaiiegukghjiunouuah');
end $$;

-- The names that have the words typed so far, the last of them perhaps half; null where there are none.
create or replace function public.typed_name(text) returns tsquery language plpgsql immutable strict parallel safe as $$
begin
  return ('''' || replace(nullif(public.plain_name($1), ''), ' ', ''' & ''') || ''':*')::tsquery;
end $$;

-- How well a name fits the words typed: 3 where it is just that, 2 where it begins so, 1 where another of its words does.
create or replace function public.name_fit(folded text, typed text) returns int language sql immutable parallel safe
  return case when folded = typed then 3 when starts_with(folded, typed) then 2 else 1 end;

-- How like what was typed, in Latin letters, a part of a name must be at least: three letters are the least that a likeness can be told by.
create or replace function public.least_likeness(letters text) returns real language sql immutable strict parallel safe
  return case when length(letters) < 3 then 2 when length(letters) < 5 then 0.5 else 0.4 end;

-- How like what was typed a name is: its best part, and the whole of it.
create or replace function public.name_likeness(letters text, spelt text) returns real language sql immutable parallel safe
  return public.word_similarity(letters, spelt) + public.similarity(letters, spelt);

-- A pattern of the words that differ from a short one by one letter: missing, surplus, another one, or changed places with the next. Such
-- words have few trigrams in common. Null for what is no single word of 4 to 6 letters: of shorter ones too many differ by one.
create or replace function public.one_typo(letters text) returns text language plpgsql immutable strict parallel safe as $$
begin
  if letters !~ '^[a-z]{4,6}$' then return null; end if;
  return '\m(?:' || (
    select string_agg(left(letters, n) || '\w' || substr(letters, n + 1), '|') from generate_series(0, length(letters)) n) || '|' || (
    select string_agg(left(letters, n - 1) || '\w?' || substr(letters, n + 1), '|') from generate_series(1, length(letters)) n) || '|' || (
    select string_agg(left(letters, n - 1) || substr(letters, n + 1, 1) || substr(letters, n, 1) || substr(letters, n + 2), '|')
    from generate_series(1, length(letters) - 1) n) || ')\M';
end $$;

-- Whether a name is spelt nearly like what was typed. The operators find candidates by the index, with the thresholds that the caller sets:
-- a word of 4 to 6 letters and one that differs by one letter are alike by 0.2 at least, with few exceptions.
create or replace function public.is_spelt_like(letters text, typo text, spelt text) returns boolean language sql stable parallel safe
  return letters operator(public.<%) spelt and public.word_similarity(letters, spelt) >= public.least_likeness(letters)
    or case when typo is not null then letters end operator(public.<<%) spelt and spelt ~ typo;
