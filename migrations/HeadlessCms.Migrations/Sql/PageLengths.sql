-- The lengths of pages, as PostgreSQL knows them while it plans: a limit that is a parameter is taken for a tenth of all rows.
create function live.rows_6() returns int language sql immutable parallel safe as $$ select 6 $$;
create function live.rows_11() returns int language sql immutable parallel safe as $$ select 11 $$;
create function live.rows_21() returns int language sql immutable parallel safe as $$ select 21 $$;
create function live.rows_51() returns int language sql immutable parallel safe as $$ select 51 $$;
create function live.rows_101() returns int language sql immutable parallel safe as $$ select 101 $$;
