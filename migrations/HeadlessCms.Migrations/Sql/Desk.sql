-- Those who want one slug take their turns, so that two that are made of one headline don't collide; all in one order, so that nobody waits
-- for somebody who waits for them. What leads somewhere is read once it is our turn: each statement of a function sees what was committed
-- before it.
create function lock_article_slugs(wanted text[]) returns setof article_slugs language plpgsql as $$
begin
  perform pg_advisory_xact_lock(key)
  from (select distinct hashtextextended('articles/' || slug, 0) as key from unnest(wanted) as slug order by key) as keys;
  return query select * from article_slugs where slug = any(wanted);
end $$;
create function lock_concept_slugs(of_kind text, wanted text[]) returns setof concept_slugs language plpgsql as $$
begin
  perform pg_advisory_xact_lock(key)
  from (select distinct hashtextextended(of_kind || '/' || slug, 0) as key from unnest(wanted) as slug order by key) as keys;
  return query select * from concept_slugs where kind = of_kind and slug = any(wanted);
end $$;

-- Every name that a concept is known by.
create view known_names as
select id as concept_id, name from concepts
union all
select id, slug from concepts
union all
select id, alias from concepts cross join unnest(aliases) as alias
union all
select id, label from concepts cross join jsonb_each_text(labels) as label (language, label);
