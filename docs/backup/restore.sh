#!/bin/sh
# restore.sh BACKUP ARCHIVE DATA [TIME]: lays BACKUP, of base-backup.sh, in the empty directory DATA and has the server that starts there
# replay ARCHIVE up to TIME ("2026-11-30 14:05:59.2+00"), or to its end. Run as the server's user; then start the server on DATA.
set -eu
backup=$1 archive=$2 data=$3 time=${4:-}

if [ -e "$data" ] && [ -n "$(ls -A "$data")" ]; then
  echo "$data is not empty." >&2
  exit 1
fi
mkdir -p "$data"
cp -a "$backup/." "$data/"
chmod 700 "$data"
rm -f "$data/postmaster.pid"
{
  echo "restore_command = 'cp \"$archive/%f\" \"%p\"'"
  if [ -n "$time" ]; then
    echo "recovery_target_time = '$time'"
    echo "recovery_target_action = 'promote'"
  fi
  # A copy that is only looked at must not write into the archive of the server that goes on. Turn it on again for the new primary.
  echo "archive_mode = off"
} >>"$data/postgresql.auto.conf"
touch "$data/recovery.signal"
