#!/bin/sh
# Runs once, as the superuser, when the PostgreSQL container has no data yet: a login by which a replica copies and follows the server.
set -eu
export SECRETS="${SECRETS:-/run/secrets}"

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set replica_password `cat "$SECRETS/replica_password"`
create role cms_replica login replication password :'replica_password';
SQL

# "all" in the image's pg_hba.conf does not mean replication.
echo "host replication cms_replica all scram-sha-256" >>"$PGDATA/pg_hba.conf"
