-- The only clock. A preview sets cms.now for its transaction and sees the newsroom as of that instant. It advances within a transaction,
-- so that a response shows what its own command did. No SET clause: it would prevent inlining.
create or replace function public.cms_now() returns timestamptz
  language sql stable parallel safe
  return coalesce(nullif(current_setting('cms.now', true), '')::timestamptz, statement_timestamp());
