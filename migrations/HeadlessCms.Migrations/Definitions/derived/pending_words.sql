-- The words of a transaction's texts go into their index together when it ends: those of a hundred texts in a quarter of the time. Until
-- then they are pending in the index, which is read from end to end by each search, and left out by the planner in a small newsroom. The
-- first text takes all of them in; the others find none.
create or replace function public.take_in_words() returns trigger language plpgsql as $$
begin
  perform gin_clean_pending_list(tg_argv[0]::regclass);
  return null;
end $$;
