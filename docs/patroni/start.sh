#!/usr/bin/env bash
# Starts etcd and two PostgreSQL servers under Patroni on 127.0.0.1, to try a failover with: as an ordinary user, in a directory of its
# own. Debian: apt-get install patroni etcd-server postgresql. In production each runs on a machine of its own, with three of etcd, TLS and
# passwords; docs/operating.md says what the app needs of it.
# Usage: start.sh DIRECTORY [FIRST_PORT]    then: start.sh DIRECTORY kill db1    and: start.sh DIRECTORY return db1
set -euo pipefail
directory=$(realpath -m "$1")

# kill -9 of a server with all its processes, and of its Patroni, as if the machine had gone.
if [ "${2:-}" = kill ]; then
  postmaster=$(head -n 1 "$directory/$3/data/postmaster.pid")
  kill -9 "$(cat "$directory/$3/patroni.pid")"
  kill -9 "$postmaster" $(cat "/proc/$postmaster/task/$postmaster/children")
  exit
fi

run() { # name
  patroni "$directory/$1/patroni.yml" >>"$directory/$1/patroni.log" 2>&1 &
  echo $! >"$directory/$1/patroni.pid"
}

# It comes back as a standby: Patroni rewinds it to where the two histories part.
if [ "${2:-}" = return ]; then
  run "$3"
  exit
fi

port=${2:-7000}
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
mkdir -p "$directory"
chmod 700 "$directory"

etcd --name etcd --data-dir "$directory/etcd" --log-level error \
  --listen-client-urls "http://127.0.0.1:$port" --advertise-client-urls "http://127.0.0.1:$port" \
  --listen-peer-urls "http://127.0.0.1:$((port + 1))" --initial-advertise-peer-urls "http://127.0.0.1:$((port + 1))" \
  --initial-cluster "etcd=http://127.0.0.1:$((port + 1))" >"$directory/etcd.log" 2>&1 &
echo $! >"$directory/etcd.pid"

start() { # name, port of Patroni's API, port of PostgreSQL
  mkdir -p "$directory/$1"
  cat >"$directory/$1/patroni.yml" <<YAML
scope: cms
name: $1
restapi: { listen: "127.0.0.1:$2", connect_address: "127.0.0.1:$2" }
etcd3: { host: "127.0.0.1:$port" }
bootstrap:
  dcs:
    ttl: 20 # the time without a leader before the standby takes over; Patroni allows no less
    loop_wait: 5
    retry_timeout: 5
    maximum_lag_on_failover: 1048576
    synchronous_mode: true # only a standby that has every acknowledged commit is promoted
    postgresql:
      use_pg_rewind: true
      parameters: { synchronous_commit: remote_apply, hot_standby_feedback: "on", wal_log_hints: "on" }
  initdb: [ { encoding: UTF8 }, { locale: C } ]
  pg_hba: [ "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust" ]
postgresql:
  listen: "127.0.0.1:$3"
  connect_address: "127.0.0.1:$3"
  data_dir: "$directory/$1/data"
  bin_dir: "$bin"
  pgpass: "$directory/$1/pgpass"
  authentication: { superuser: { username: postgres }, replication: { username: replicator }, rewind: { username: rewinder } }
  parameters: { unix_socket_directories: "$directory/$1" }
YAML
  run "$1"
}

start db1 $((port + 2)) $((port + 4))
until "$bin/pg_isready" -q -h 127.0.0.1 -p $((port + 4)); do sleep 0.5; done
start db2 $((port + 3)) $((port + 5))
until [ "$("$bin/psql" -h 127.0.0.1 -p $((port + 4)) -U postgres -Atc 'select sync_state from pg_stat_replication' 2>/dev/null)" = sync ]; do
  sleep 0.5
done
"$bin/psql" -q -h 127.0.0.1 -p $((port + 4)) -U postgres -c 'create role cms login createrole' -c 'create database cms owner cms' \
  -c 'create role cms_live nologin' -c 'grant cms_live to cms' -c 'create role cms_reader login in role cms_live'
echo "ConnectionStrings__Cms='Host=127.0.0.1:$((port + 4)),127.0.0.1:$((port + 5));Username=cms;Database=cms'"
echo "ConnectionStrings__CmsLive='Host=127.0.0.1:$((port + 5)),127.0.0.1:$((port + 4));Username=cms_reader;Database=cms'"
