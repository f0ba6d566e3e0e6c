-- Whether the index of published words takes in texts in lots, as is fast for an import, or each by itself, as is fast for searches: a lot
-- that waits is read from end to end by each search. The lock waits for searches that run, and others wait behind it, so only for a moment.
create or replace function public.take_words_in_lots(lots boolean) returns void language plpgsql as $$
begin
  perform set_config('lock_timeout', '200ms', true);
  execute format('alter index public.ix_publication_texts_words set (fastupdate = %s)', lots);
end $$;
