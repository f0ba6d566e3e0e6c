-- The articles of a story are an original and its translations: one level, each language once. What is in the trash does not count until
-- it is restored. When the transaction ends, because several rows of it may belong together; the original is locked, so that of two
-- transactions that change a story the later one sees what the earlier one did.
create or replace function public.guard_translations() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  mine record; -- no row of revisions, whose bodies would be read with it
  broken text;
begin
  select r.original_id, r.language into mine
  from public.articles a join public.revisions r on r.article_id = a.id and r.number = a.revision_number
  where a.id = new.id and a.trashed_at is null;
  if not found then return null; end if;
  if mine.original_id is not null then
    perform from public.articles o where o.id = mine.original_id for no key update;
    if exists (
      select from public.revisions r join public.articles a on a.id = r.article_id and a.revision_number = r.number
      where a.trashed_at is null and (r.original_id = new.id or r.article_id = mine.original_id and r.original_id is not null))
    then
      broken := 'ck_articles_one_level';
    end if;
  end if;
  if exists (
      select from public.revisions r join public.articles a on a.id = r.article_id and a.revision_number = r.number
      where r.original_id = coalesce(mine.original_id, new.id) and a.trashed_at is null and a.id <> new.id and r.language = mine.language)
    or mine.original_id is not null and exists (
      select from public.articles a join public.revisions r on r.article_id = a.id and r.number = a.revision_number
      where a.id = mine.original_id and a.trashed_at is null and r.language = mine.language)
  then
    broken := 'ck_articles_language';
  end if;
  if broken is not null then
    raise exception 'the translation does not fit its story' using errcode = 'check_violation', constraint = broken;
  end if;
  return null;
end $$;

drop trigger if exists translations_are_guarded on public.articles; -- constraint triggers cannot be replaced
create constraint trigger translations_are_guarded after insert or update of revision_number, trashed_at on public.articles
  deferrable initially deferred for each row execute function public.guard_translations();
