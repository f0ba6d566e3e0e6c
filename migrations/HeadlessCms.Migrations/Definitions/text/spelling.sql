-- A name in Latin letters, for trigrams.
create or replace function public.spelling(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  return translate(public.search_text($1),
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўқғҳҷӣӯңөүұәһ', 'abvgdeejziiklmnoprstufhcccc''i''euaiiegukghjiunouuah');
end $$;
