#!/bin/sh
# A streaming replica: copies the primary when its volume is empty, and then follows it.
set -eu
umask 077
export PGPASSFILE=/tmp/pgpass
echo "postgres:5432:*:cms_replica:$(cat "${SECRETS:-/run/secrets}/replica_password")" >"$PGPASSFILE"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  # The slot keeps what the replica has not read yet, up to max_slot_wal_keep_size of the primary.
  pg_basebackup --host=postgres --username=cms_replica --pgdata="$PGDATA" --wal-method=stream --checkpoint=fast \
    --write-recovery-conf --create-slot --slot=replica
fi
exec docker-entrypoint.sh postgres "$@"
