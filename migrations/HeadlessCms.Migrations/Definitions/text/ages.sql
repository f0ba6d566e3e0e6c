-- The months of the Christian era, counted. Search reads from the newest month on, and mostly needs no more than that.
create or replace function public.month_of(timestamptz) returns int
  language sql immutable strict parallel safe
  return (extract(year from $1 at time zone 'UTC') * 12 + extract(month from $1 at time zone 'UTC') - 1)::int;

create or replace function public.month_begins(int) returns timestamptz
  language sql immutable strict parallel safe
  return make_timestamptz($1 / 12, $1 % 12 + 1, 1, 0, 0, 0, 'UTC');

-- The keys of a text in the index: its month, and its year as a negative number.
create or replace function public.ages_of(timestamptz) returns int[]
  language sql immutable strict parallel safe
  return array[public.month_of($1), -extract(year from $1 at time zone 'UTC')::int];
