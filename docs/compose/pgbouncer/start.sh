#!/bin/sh
# Writes the login of the app where PgBouncer reads it, then becomes PgBouncer.
set -eu
umask 077
printf '"cms" "%s"\n' "$(cat "${SECRETS:-/run/secrets}/database_password")" >/tmp/userlist.txt
exec pgbouncer /etc/pgbouncer/pgbouncer.ini
