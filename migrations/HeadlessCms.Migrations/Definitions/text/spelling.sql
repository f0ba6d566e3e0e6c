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

-- How like what was typed, in Latin letters, a part of a name must be at least: three letters are the least that a likeness can be told by.
create or replace function public.least_likeness(letters text) returns real language sql immutable strict parallel safe
  return case when length(letters) < 3 then 2 when length(letters) < 5 then 0.5 else 0.4 end;
