-- Transactions that want one slug take turns, so that two slugs made from one headline do not collide; they lock in one order, so that
-- none waits for another that waits for it. The claims are read after the lock: each statement of a function sees what was committed
-- before it.
create or replace function public.lock_article_slugs(wanted text[]) returns setof public.article_slugs language plpgsql as $$
begin
  perform pg_advisory_xact_lock(key)
  from (select distinct hashtextextended('articles/' || slug, 0) as key from unnest(wanted) as slug order by key) as keys;
  return query select * from public.article_slugs where slug = any(wanted);
end $$;

create or replace function public.lock_concept_slugs(of_kind text, wanted text[]) returns setof public.concept_slugs language plpgsql as $$
begin
  perform pg_advisory_xact_lock(key)
  from (select distinct hashtextextended(of_kind || '/' || slug, 0) as key from unnest(wanted) as slug order by key) as keys;
  return query select * from public.concept_slugs where kind = of_kind and slug = any(wanted);
end $$;
