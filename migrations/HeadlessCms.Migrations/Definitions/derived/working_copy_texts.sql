-- requires: derived/revision_words, derived/publication_texts
-- The words by which editors find a working copy: those of its revision and, with weight D, those of its slug.
create or replace function public.working_copy_words(r public.revisions, configuration text) returns tsvector
  language plpgsql immutable parallel safe as $$
begin
  return public.revision_words(r, configuration) || public.text_words(replace(r.slug, '-', ' '), configuration, 'D');
end $$;

-- Whether the words of a publication say the same as those of a working copy, which are not kept then.
create or replace function public.is_found_as_published(r public.revisions) returns boolean language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
declare
  c text := public.search_configuration(r.language);
begin
  return exists (
    select from public.publications p join public.publication_texts t on t.publication_id = p.id
    where p.article_id = r.article_id and p.revision = r.number and t.configuration = c
      and public.has_words(t.words, public.text_words(replace(r.slug, '-', ' '), c, 'D')));
end $$;

-- Writes the words of a working copy.
create or replace function public.make_working_copy_text(r public.revisions) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  c text := public.search_configuration(r.language);
begin
  if public.is_found_as_published(r) then
    delete from public.working_copy_texts t where t.article_id = r.article_id and t.revision <= r.number;
    return;
  end if;
  insert into public.working_copy_texts as t (article_id, revision, configuration, words)
  values (r.article_id, r.number, c, public.working_copy_words(r, c))
  on conflict (article_id) do update
    set revision = excluded.revision, configuration = excluded.configuration, words = excluded.words
    where t.revision <= excluded.revision
      and (t.revision, t.configuration, t.words) is distinct from (excluded.revision, excluded.configuration, excluded.words);
end $$;

-- A save lets its words wait for the next lot, which costs a quarter: alone, each save would have the index to itself for a moment. Words
-- that wait are made anew by each search, so not more than a thousand wait. Read by its key, because rows that are gone are passed quickly
-- there.
create or replace function public.revision_makes_text() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  if public.is_found_as_published(new)
    or exists (select from public.waiting_texts w order by w.article_id, w.revision offset 999 limit 1) then
    perform public.make_working_copy_text(new);
  else
    insert into public.waiting_texts values (new.article_id, new.number);
  end if;
  return null;
end $$;

-- When the transaction ends, because it may publish the revision.
drop trigger if exists revisions_make_texts on public.revisions; -- constraint triggers cannot be replaced
create constraint trigger revisions_make_texts after insert on public.revisions
  deferrable initially deferred for each row execute function public.revision_makes_text();

-- Makes the words of some articles anew; where nothing changed, nothing is written.
create or replace function public.remake_working_copy_texts(articles uuid[]) returns void language plpgsql as $$
begin
  perform public.make_working_copy_text(r)
  from public.articles a join public.revisions r on r.article_id = a.id and r.number = a.revision_number
  where a.id = any(articles);
end $$;

-- Makes the words of a lot of those that wait, of each working copy once, and returns how many waited; null where somebody else is at it.
-- It lets go of whoever it meets, who may be publishing what it writes. A text of which no words can be made is left out, because each
-- search would fail of it.
create or replace function public.make_waiting_texts(lot int) returns int language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  taken uuid[];
  one uuid;
  waited int;
begin
  if not pg_try_advisory_xact_lock(hashtext('waiting_texts')) then return null; end if;
  perform set_config('lock_timeout', '50ms', true);
  taken := array(
    select a.id from public.articles a
    where a.id in (select w.article_id from public.waiting_texts w order by w.article_id, w.revision limit lot)
    order by a.id for key share skip locked);
  with made as (delete from public.waiting_texts w where w.article_id = any(taken) returning 1)
  select count(*) into waited from made;
  begin
    perform public.remake_working_copy_texts(taken);
  exception when data_exception or program_limit_exceeded then
    foreach one in array taken loop
      begin
        perform public.remake_working_copy_texts(array[one]);
      exception when data_exception or program_limit_exceeded then
        raise warning 'No words could be made of the working copy of article %: %', one, sqlerrm;
      end;
    end loop;
  end;
  if waited > 0 then perform gin_clean_pending_list('public.ix_working_copy_texts_words'); end if;
  return waited;
end $$;
