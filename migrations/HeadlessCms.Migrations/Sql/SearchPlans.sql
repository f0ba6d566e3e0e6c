-- Text as it is searched, and what is asked for, once more. A function in SQL that PostgreSQL can't write out where it is called is planned
-- anew for each call, which took longer than to find what was asked for.
create or replace function search_text(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  if octet_length($1) = char_length($1) then return lower($1 collate "C"); end if; -- there is nothing in ASCII but letters to change
  return lower(public.unaccent('public.unaccent', regexp_replace(
    regexp_replace(
      translate(normalize($1, NFKC), '’‘ʼ“”„«»', '''''''"""""'),
      '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]', ' \& ', 'g'),
    '[\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u055a-\u055f\u0589\u060c\u061b\u061f\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f\ufe00-\ufe4f\uff00-\uffef\U0001f000-\U0001faff]+', ' ', 'g'))
    collate "und-x-icu");
end $$;

create or replace function search_query(q text) returns text language plpgsql immutable strict parallel safe as $$
begin
  return search_text(case when q ~ '["“”„«»]' then q else regexp_replace(q,
    '(-?)([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,})', ' \1"\2" ', 'g') end);
end $$;

create or replace function spelling(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  return translate(search_text($1),
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўқғҳҷӣӯңөүұәһ', 'abvgdeejziiklmnoprstufhcccc''i''euaiiegukghjiunouuah');
end $$;

-- What else is read of so few rows is looked up row by row. A thousand, which PostgreSQL takes them for, it would read whole tables for.
alter function live.named_concepts(text, int) rows 5;
alter function live.suggested_concepts(text, text[], int) rows 10;
alter function live.related_articles(uuid, int) rows 10;
