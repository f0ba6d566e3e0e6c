-- The lengths of pages as constants that the planner knows: it takes a limit that is a parameter for a tenth of all rows.
create or replace function live.rows_6() returns int language sql immutable parallel safe return 6;
create or replace function live.rows_11() returns int language sql immutable parallel safe return 11;
create or replace function live.rows_21() returns int language sql immutable parallel safe return 21;
create or replace function live.rows_51() returns int language sql immutable parallel safe return 51;
create or replace function live.rows_101() returns int language sql immutable parallel safe return 101;
