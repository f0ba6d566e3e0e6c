-- How a text becomes words: the words of stories, of names, and of what a reader asks for. By Unicode's rules (UAX #29) as far as search
-- needs them, by code points and ICU's case rules, so that neither the database's locale nor PostgreSQL's default parser matters.
-- PL/pgSQL, because an SQL function that cannot be inlined is planned anew for each call.

-- Text in lower case, with typographic signs and foreign digits as those of ASCII, and all other signs outside ASCII as blanks.
create or replace function public.search_text(text, configuration text) returns text
  language plpgsql immutable strict parallel safe as $$
declare
  t text := $1;
begin
  if octet_length(t) = char_length(t) then return lower(t collate "C"); end if; -- in ASCII there are only letters to change
  if t ~ '[\u00a0\u2009\u202f]' then -- blanks that group digits
    t := regexp_replace(t, '([0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g');
  end if;
  t := normalize(translate(t, '’‘ʼʻʹ′´™℠®©', $to$''''''' $to$), NFKC);
  -- Invisible characters are not part of a word.
  t := regexp_replace(t, '[\u00ad\u061c\u0640\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]+', '', 'g');
  t := translate(t, '“”„«»‹›‐‑‒−·٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙یکى',
    '"""""""----_01234567890123456789012345678901234567890123456789يكي');
  t := regexp_replace(t, '([\u05d0-\u05ea])["''\u05f3\u05f4](?=[\u05d0-\u05ea])', '\1', 'g'); -- Hebrew abbreviations
  t := regexp_replace(t,
    '[\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02c2-\u02df\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3'
      || '\u05f3\u05f4\u060c\u060d\u061b\u061e\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u0e2f\u0e4f\u0e5a\u0e5b\u104a-\u104f'
      || '\u17d4-\u17db\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30a0\u30fb\ufd3e\ufd3f'
      || '\ufe10-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\ue000-\uf8ff\U0001f000-\U0001faff]+', ' ', 'g');
  if configuration = 'turkish' then return lower(t collate "tr-x-icu"); end if;
  return lower(t collate "und-x-icu");
end $$;

create or replace function public.search_text(text) returns text language plpgsql immutable strict parallel safe as $$
begin
  return public.search_text($1, 'simple');
end $$;

-- The words of a text in their order. One that begins with "-" was joined to the one before it by a hyphen, an apostrophe or another sign;
-- one that begins with "~" continues a run of a script that does not separate words, of which each character is a word; one that ends in
-- an apostrophe is an article or a pronoun that its language writes together with the next word.
create or replace function public.split_words(text, configuration text) returns text[]
  language plpgsql immutable strict parallel safe as $$
declare
  t text := regexp_replace(public.search_text($1, configuration), '[\u0001-\u001f!"#$%()*+;<=>?[\\\]^`{|}~]+', ' ', 'g');
  runs constant text := -- of Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean characters
    '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3021-\u302f\u3031-\u303c\u3040-\u318f\u31a0-\u31bf'
    || '\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]';
begin
  if strpos(t, '''') > 0 then
    t := regexp_replace(t, '([^ ''.,:/@&_-])''s(?![^ ''.,:/@&_-])', '\1', 'g'); -- possessives
    t := regexp_replace(t, '(^|[ .,:/@&_-])([cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu|gl|un|all|dall|dell|nell|sull|coll|quell|quest)'
      || '''(?=[^ ''.,:/@&_-])', '\1\2" ', 'g'); -- the quotation mark, which no word has, stands for the apostrophe
  end if;
  if strpos(t, ':') > 0 and configuration in ('finnish', 'swedish') then -- endings of abbreviations
    t := regexp_replace(t, '([^ ''.,:/@&_0-9-]):[^ ''.,:/@&_0-9-]{1,4}(?=[ .,]|$)', '\1', 'g');
  end if;
  if t ~ '[.,]' then
    if t ~ '[0-9]' then
      -- A number is one word, without the marks that group its digits and with a point before its decimals ("~" until points are blanks).
      if configuration in ('english', 'simple', 'hindi', 'nepali', 'tamil', 'irish', 'arabic', 'yiddish') then
        t := regexp_replace(t, '(^|[^0-9.,])([0-9]{1,3}),([0-9]{3})(?:,([0-9]{3}))?(?:,([0-9]{3}))?(?:,([0-9]{3}))?(?![0-9]|,[0-9])',
          '\1\2\3\4\5\6', 'g');
      else
        t := regexp_replace(t, '(^|[^0-9.,])([0-9]{1,3})\.([0-9]{3})(?:\.([0-9]{3}))?(?:\.([0-9]{3}))?(?:\.([0-9]{3}))?(?![0-9]|\.[0-9])',
          '\1\2\3\4\5\6', 'g');
      end if;
      t := regexp_replace(t, '(^|[^0-9.,])([0-9]+)' || case when configuration = 'english' then '\.' else '[.,]' end
        || '([0-9]+)(?![0-9]|[.,][0-9])', '\1\2~\3', 'g');
    end if;
    if t ~ '\.[^ .]' then -- an abbreviation is the same word with and without points
      t := regexp_replace(t, '(^|[ ,:/@&_''-])([^ ''.,:/@&_0-9-])\.([^ ''.,:/@&_0-9-])(?:\.([^ ''.,:/@&_0-9-])(?![^ ''.,:/@&_-]))?'
        || '(?:\.([^ ''.,:/@&_0-9-])(?![^ ''.,:/@&_-]))?(?![^ ''.,:/@&_-]|\.[^ ''.,:/@&_-])', '\1\2\3\4\5', 'g');
    end if;
    t := translate(t, '.,', '  ');
  end if;
  t := translate(t, ':@', '  ');
  if t ~ '[''&_/-]' then
    t := replace(regexp_replace(translate(t, '''&_/', '----'), '--+|-(?= )|-$|(?:^| )-', ' ', 'g'), '-', ' -');
  end if;
  if t ~ '[0-9]' then -- COVID19 is COVID 19
    t := regexp_replace(regexp_replace(t, '([0-9])(?=[^ 0-9"~])', '\1 ', 'g'), '([^ 0-9"~-])(?=[0-9])', '\1 ', 'g');
  end if;
  if octet_length(t) > char_length(t) then
    t := regexp_replace(t, '(' || runs || ')(?=' || runs || ')', '\1 ~', 'g');
    t := regexp_replace(t, '(' || runs || ')(?=[^ ])', '\1 ', 'g');
    t := regexp_replace(t, '([^ ~-])(?=' || runs || ')', '\1 ', 'g');
  end if;
  return array_remove(string_to_array(translate(t, '"', ''''), ' '), '');
end $$;
