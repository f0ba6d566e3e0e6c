-- The one clock. A preview sets cms.now for its transaction and sees the newsroom as of that instant.
create function cms_now() returns timestamptz
  language sql stable parallel safe
  return coalesce(nullif(current_setting('cms.now', true), '')::timestamptz, now());
