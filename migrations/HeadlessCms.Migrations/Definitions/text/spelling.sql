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
