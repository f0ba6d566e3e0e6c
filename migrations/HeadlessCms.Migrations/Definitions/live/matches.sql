-- requires: live/search_terms, live/texts
-- The live texts that words find: whether any of the words is one that the text is about, and how much.
create or replace function live.matches(q text, language text)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, is_topical boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$
  select t.publication_id, t.article_id, t.published_at, t.topical @@ s."any", ts_rank(t.topical, s."any"), public.cms_now()
  from live.search_terms(q, language) s
  join live.texts t on t.configuration = s.configuration and t.words @@ s.whole
$$;

-- Those of one age.
create or replace function live.matches_of_age(q text, language text, until timestamptz, age int)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, is_topical boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$
  select t.publication_id, t.article_id, t.published_at, t.topical @@ s."any", ts_rank(t.topical, s."any"), public.cms_now()
  from live.search_terms(q, language) s
  join live.texts_of_age(until, age) t on t.configuration = s.configuration and t.words @@ s.whole
$$;

-- The same by name: an age that is a parameter would be planned for all three.
create or replace function live.newest_matches(q text, language text, until timestamptz)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, is_topical boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$ select * from live.matches_of_age(q, language, until, 0) $$;
create or replace function live.newer_matches(q text, language text, until timestamptz)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, is_topical boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$ select * from live.matches_of_age(q, language, until, 1) $$;
create or replace function live.older_matches(q text, language text, until timestamptz)
  returns table (publication_id uuid, article_id uuid, published_at timestamptz, is_topical boolean, rank real, asked_at timestamptz)
  language sql stable parallel safe as $$ select * from live.matches_of_age(q, language, until, 2) $$;
