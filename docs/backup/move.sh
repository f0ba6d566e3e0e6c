#!/bin/sh
# move.sh FROM TO: dumps the database FROM and restores it into the empty database TO, on a server of the same version or a newer one.
# Both are libpq connection strings of the database's owner. Stop the nodes before. Fails where a table has not as many rows after as before.
set -eu
from=$1 to=$2
dump=$(mktemp -d)
trap 'rm -rf "$dump"' EXIT

count="
  select format('select %L, count(*) from %s', c.oid::regclass, c.oid::regclass)
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.oid::regclass::text collate \"C\" \\gexec"

pg_dump --format=custom --file="$dump/cms.dump" --dbname="$from"
# Roles are not in a dump, and it grants rights to this one.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname="$to" <<'SQL'
select not exists (select from pg_roles where rolname = 'cms_live') as missing \gset
\if :missing
  create role cms_live nologin;
  grant cms_live to current_user;
\endif
SQL
pg_restore --no-owner --exit-on-error --dbname="$to" "$dump/cms.dump"
# Of the catalogs, which are not the owner's, it would warn.
PGOPTIONS='-c client_min_messages=error' psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname="$to" --command=analyze

printf '%s\n' "$count" | psql --no-psqlrc --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$from" >"$dump/before"
printf '%s\n' "$count" | psql --no-psqlrc --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$to" >"$dump/after"
if ! diff "$dump/before" "$dump/after" >&2; then
  echo "Tables have other numbers of rows than before." >&2
  exit 1
fi
echo "$(wc -l <"$dump/after") tables have as many rows as before: $(awk -F'|' '{ rows += $2 } END { print rows }' "$dump/after") in all."
