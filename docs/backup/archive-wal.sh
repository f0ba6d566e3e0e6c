#!/bin/sh
# archive_command = '/opt/cms/backup/archive-wal.sh /backup/wal "%p" "%f"'
# Copies a finished WAL file into an archive. A file is there whole or not at all, and is never replaced by another one.
set -eu
archive=$1 path=$2 file=$3

if [ -e "$archive/$file" ]; then
  cmp -s "$path" "$archive/$file" # after a crash PostgreSQL archives a file again, which is no error
  exit
fi
cp "$path" "$archive/$file.part"
sync "$archive/$file.part"
mv "$archive/$file.part" "$archive/$file"
