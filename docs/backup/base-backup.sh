#!/bin/sh
# base-backup.sh DIRECTORY: makes DIRECTORY/<UTC time>, a copy of the running server, checks it against its manifest and prints its path.
# PGHOST, PGPORT, PGUSER and PGPASSFILE or PGPASSWORD name the server and a login with REPLICATION.
set -eu
target=$1/$(date -u +%Y%m%dT%H%M%SZ)

pg_basebackup --pgdata="$target" --checkpoint=fast --wal-method=stream --no-password
pg_verifybackup --quiet "$target"
echo "$target"
