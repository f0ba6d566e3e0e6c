-- Text as it is searched: small letters without accents, typographic signs as plain ones or blanks, and each sign of a script that does not
-- part its words a word of its own. By code points and ICU's rules, so that it is the same whatever the database's locale is.
create function search_text(text) returns text language sql immutable strict parallel safe as $$
  select lower(public.unaccent('public.unaccent', regexp_replace(
    regexp_replace(
      translate(normalize($1, NFKC), '’‘ʼ“”„«»', '''''''"""""'),
      '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]', ' \& ', 'g'),
    '[\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u055a-\u055f\u0589\u060c\u061b\u061f\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f\ufe00-\ufe4f\uff00-\uffef\U0001f000-\U0001faff]+', ' ', 'g'))
    collate "und-x-icu")
$$;

-- The text of safe HTML. In what the sanitiser writes, every sign of markup that belongs to the text is an entity.
create function text_of_html(text) returns text language sql immutable strict parallel safe as $$
  select replace(replace(replace(replace(regexp_replace($1, '<[^>]*>', ' ', 'g'), '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&amp;', '&')
$$;

-- The text search configuration of a language, by its BCP 47 tag. By name, because a column of type regconfig keeps pg_upgrade from its work.
create function search_configuration(language text) returns text language sql immutable parallel safe as $$
  select case split_part(lower(language), '-', 1)
    when 'ar' then 'arabic' when 'hy' then 'armenian' when 'eu' then 'basque' when 'ca' then 'catalan' when 'da' then 'danish'
    when 'nl' then 'dutch' when 'en' then 'english' when 'fi' then 'finnish' when 'fr' then 'french' when 'de' then 'german'
    when 'el' then 'greek' when 'hi' then 'hindi' when 'hu' then 'hungarian' when 'id' then 'indonesian' when 'ga' then 'irish'
    when 'it' then 'italian' when 'lt' then 'lithuanian' when 'ne' then 'nepali' when 'no' then 'norwegian' when 'nb' then 'norwegian'
    when 'nn' then 'norwegian' when 'pt' then 'portuguese' when 'ro' then 'romanian' when 'ru' then 'russian' when 'sr' then 'serbian'
    when 'es' then 'spanish' when 'sv' then 'swedish' when 'ta' then 'tamil' when 'tr' then 'turkish' when 'yi' then 'yiddish'
    else 'simple'
  end
$$;

-- The words of each publication, in the configuration of its language: of the headline (A), the standfirst (B) and the body (C). What was
-- never published has none, so no draft can be found or measured; when a publication is live is kept here too, so that what is looked
-- through is not looked up. In "telling" are the words that it is about: those of headline and standfirst, and those that the body says
-- three times or more. It is small, and ranks.
create table publication_texts (
  publication_id uuid primary key references publications on delete cascade,
  article_id uuid not null,
  first_live_from timestamptz not null,
  live_from timestamptz not null,
  live_until timestamptz,
  configuration varchar(20) not null,
  telling tsvector not null,
  words tsvector not null
);
alter table publication_texts alter words set storage external;

-- The configurations in which there is something to find.
create table search_configurations (configuration varchar(20) primary key);

-- Of a very long body the first 200,000 signs: a tsvector holds a megabyte.
create function make_publication_text(p publications) returns void language plpgsql as $$
declare
  of text;
  head tsvector;
  body tsvector;
begin
  select search_configuration(r.language),
         setweight(to_tsvector(search_configuration(r.language)::regconfig, search_text(r.headline)), 'A')
           || setweight(to_tsvector(search_configuration(r.language)::regconfig, coalesce(search_text(r.standfirst), '')), 'B'),
         setweight(to_tsvector(search_configuration(r.language)::regconfig, coalesce(search_text(left(text_of_html(r.body_html), 200000)), '')), 'C')
  into of, head, body
  from revisions r where r.article_id = p.article_id and r.number = p.revision;

  insert into publication_texts (publication_id, article_id, first_live_from, live_from, live_until, configuration, telling, words)
  values (p.id, p.article_id, p.first_live_from, p.live_from, p.live_until, of,
          head || ts_delete(body, array(
            select w.lexeme from (
              select b.lexeme, cardinality(b.positions) as times, row_number() over (order by cardinality(b.positions) desc, b.lexeme) as place
              from unnest(body) b) w
            where w.times < 3 or w.place > 100)),
          head || body)
  on conflict (publication_id) do update set telling = excluded.telling, words = excluded.words, configuration = excluded.configuration;
  insert into search_configurations values (of) on conflict do nothing;
end $$;

select make_publication_text(p) from publications p;
create index ix_publication_texts_words on publication_texts using gin (words, telling) with (fastupdate = off);

create function publication_makes_text() returns trigger language plpgsql as $$
begin
  perform make_publication_text(new);
  return null;
end $$;
create trigger publications_make_texts after insert on publications for each row execute function publication_makes_text();
create function publication_moves_text() returns trigger language plpgsql as $$
begin
  update publication_texts set first_live_from = new.first_live_from, live_from = new.live_from, live_until = new.live_until
  where publication_id = new.id;
  return null;
end $$;
create trigger publications_move_texts after update of first_live_from, live_from, live_until on publications
  for each row execute function publication_moves_text();

-- How many stories went live that named a concept, for who must know which concepts are common: counted as the change log tells of them,
-- under its lock, so never ahead of the clock.
create table story_counts (
  concept_id uuid primary key,
  stories bigint not null
);
insert into story_counts (concept_id, stories)
select u.concept_id, count(distinct p.article_id)
from concept_uses u
join publications p on p.article_id = u.article_id and p.revision = u.revision
where p.live_from <= now() and p.live_until is distinct from p.live_from
group by u.concept_id;
create function count_stories() returns trigger language plpgsql as $$
begin
  insert into story_counts as counted (concept_id, stories)
  select u.concept_id, 1 from concept_uses u
  where new.type = 'published' and u.article_id = new.article_id and u.revision = new.revision
  union all
  select c.merged_into_id, s.stories from concepts c join story_counts s on s.concept_id = c.id
  where new.type = 'conceptMerged' and c.id = new.concept_id
  on conflict (concept_id) do update set stories = counted.stories + excluded.stories;
  return null;
end $$;
create trigger changes_count_stories after insert on changes for each row
  when (new.type in ('published', 'conceptMerged')) execute function count_stories();

-- The names by which a concept is looked for, as they are searched; and as they are spelt: for PostgreSQL's trigrams, which know Latin letters
-- in every locale, so Cyrillic ones are written in those.
create table concept_names (
  concept_id uuid not null references concepts on delete cascade,
  name text not null,
  folded text not null generated always as (search_text(name)) stored,
  spelt text not null generated always as (translate(search_text(name),
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўқғҳҷӣӯңөүұәһ', 'abvgdeejziiklmnoprstufhcccc''i''euaiiegukghjiunouuah')) stored,
  primary key (concept_id, name)
);
create index ix_concept_names_folded on concept_names using gin (to_tsvector('simple', folded)) with (fastupdate = off);
create index ix_concept_names_spelt on concept_names using gin (spelt gin_trgm_ops) with (fastupdate = off);
create function name_concept() returns trigger language plpgsql as $$
begin
  delete from concept_names where concept_id = new.id;
  insert into concept_names (concept_id, name)
  select new.id, new.name
  union
  select new.id, alias from unnest(new.aliases) as alias
  union
  select new.id, label from jsonb_each_text(new.labels) as label (language, label);
  return null;
end $$;
create trigger concepts_are_named after insert or update of name, aliases, labels on concepts for each row execute function name_concept();
insert into concept_names (concept_id, name)
select id, name from concepts
union
select id, alias from concepts cross join unnest(aliases) as alias
union
select id, label from concepts cross join jsonb_each_text(labels) as label (language, label);

-- What readers may see of it. The clock is asked once, and not for each of the many that a common word finds.
create view live.texts as
select t.publication_id, t.article_id, t.first_live_from as published_at, t.configuration, t.telling, t.words
from public.publication_texts t
where t.live_from <= (select cms_now()) and (t.live_until is null or t.live_until > (select cms_now()));

create view live.search_configurations as
select c.configuration from public.search_configurations c;

create view live.concept_names as
select n.concept_id, n.name, n.folded, n.spelt from public.concept_names n join live.visible_concepts c on c.id = n.concept_id;

create view live.story_counts as
select s.concept_id, s.stories from public.story_counts s;

-- What a reader's words mean in each configuration, or in that of one language: what must all hold, and any of the words. No row where they
-- name nothing to look for: nothing but words that say nothing, or that must be missing.
create function live.search_terms(q text, language text) returns table (configuration text, whole tsquery, "any" tsquery)
  language plpgsql stable parallel safe rows 1 set client_min_messages = error as $$
declare
  -- Signs that stand together in a script without blanks are meant as they stand.
  asked text := search_text(case when q ~ '["“”„«»]' then q else regexp_replace(q,
    '(-?)([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,})', ' \1"\2" ', 'g') end);
begin
  return query
  select m.configuration, m.whole, regexp_replace(querytree(m.whole), ' (&|<->|<\d+>) ', ' | ', 'g')::tsquery
  from (
    select c.configuration::text as configuration, websearch_to_tsquery(c.configuration::regconfig, asked) as whole
    from live.search_configurations c
    where search_terms.language is null or c.configuration = public.search_configuration(search_terms.language)) m
  where querytree(m.whole) not in ('', 'T');
end $$;

-- The live texts that they find: whether any of the words is one that the text is about, and how much.
create function live.matches(q text, language text)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, tells boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$
  select t.publication_id, t.article_id, t.published_at, t.telling @@ s."any", ts_rank(t.telling, s."any"), cms_now()
  from live.search_terms(q, language) s
  join live.texts t on t.configuration = s.configuration and t.words @@ s.whole
$$;

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.texts, live.search_configurations, live.concept_names, live.story_counts to cms_live;
  end if;
end $$;
