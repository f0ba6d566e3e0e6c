#!/bin/sh
# Runs once, as the superuser, when the PostgreSQL container has no data yet. Creates the database and its owner, who is no superuser but
# may create roles (the app creates cms_live where it is missing), and a login that reads live content: for people and tools, and in the
# profile "scale" for the app's read side.
set -eu
export SECRETS="${SECRETS:-/run/secrets}"

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set owner_password `cat "$SECRETS/database_password"`
\set reader_password `cat "$SECRETS/reader_password"`

create role cms login nosuperuser createrole password :'owner_password';
create database cms owner cms encoding 'UTF8' template template0;
revoke all on database cms from public;

-- As the owner, who may then grant the role to itself.
set role cms;
create role cms_live nologin;
reset role;

create role cms_reader login in role cms_live password :'reader_password';
alter role cms_reader set default_transaction_read_only = on;
-- What the app's startup options set where no pooler drops them.
alter role cms_reader set statement_timeout = '10s';
alter role cms_reader set jit = off;
alter role cms set jit = off;
grant connect on database cms to cms_reader;
SQL
