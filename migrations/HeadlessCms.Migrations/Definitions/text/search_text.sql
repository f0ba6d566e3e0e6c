-- Text as it is searched: lower case without accents, typographic signs as plain ones or blanks, and each character of a script that
-- does not separate words as a word of its own. By code points and ICU's rules, so that the database's locale does not matter. PL/pgSQL,
-- because an SQL function that cannot be inlined is planned anew for each call.
create or replace function public.search_text(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  if octet_length($1) = char_length($1) then return lower($1 collate "C"); end if; -- in ASCII there are only letters to change
  return lower(public.unaccent('public.unaccent'::regdictionary, regexp_replace(
    regexp_replace(
      translate(normalize($1, NFKC), '’‘ʼ“”„«»', '''''''"""""'),
      '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]', ' \& ', 'g'),
    '[\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u055a-\u055f\u0589\u060c\u061b\u061f\u0964\u0965\u2000-\u206f'
      || '\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f\ufe00-\ufe4f\uff00-\uffef\U0001f000-\U0001faff]+', ' ', 'g'))
    collate "und-x-icu");
end $$;

-- What a reader asks for, ready for websearch_to_tsquery: characters that stand together in a script without blanks are a phrase.
create or replace function public.search_query(q text) returns text language plpgsql immutable strict parallel safe as $$
begin
  return public.search_text(case when q ~ '["“”„«»]' then q else regexp_replace(q,
    '(-?)([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,})', ' \1"\2" ', 'g') end);
end $$;
