-- How far this server is in the change log: a standby that replays may be behind others.
create view live.log_position as
select coalesce(max(c.position), 0) as position
from public.changes c;
