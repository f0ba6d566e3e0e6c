#!/bin/sh
# answers.sh URL >FILE: a line for each page of the lists of Content, Feeds and (with CMS_KEY, an API key) Editorial: the SHA-256 of the
# answer and its address. Run it before and after a restore or a move, and compare the two files with diff.
set -eu
base=${1%/}
page=$(mktemp -d)
trap 'rm -rf "$page"' EXIT

# Follows the pages of a list by their Link header.
read_list() {
  address=$1
  while [ -n "$address" ]; do
    curl --silent --show-error --fail --dump-header "$page/head" --output "$page/body" \
      ${CMS_KEY:+--header "Authorization: Bearer $CMS_KEY"} "$base$address"
    # The instant of the build is in each RSS feed.
    sum=$(sed 's|<lastBuildDate>[^<]*</lastBuildDate>||' "$page/body" | sha256sum | cut -d' ' -f1)
    echo "$sum $address"
    address=$(tr -d '\r' <"$page/head" | sed -n 's/^[Ll]ink: <\([^>]*\)>; rel="next".*/\1/p')
    # The list of changes always names a next page; it is the last one where it has no more.
    if grep -q '"more":false' "$page/body"; then address=; fi
  done
}

for list in articles people places topics organisations events series; do
  read_list "/content/v1/$list?limit=100"
done
read_list "/content/v1/changes?limit=100"
for feed in articles.rss articles.atom articles.json articles.ninjs opml; do
  read_list "/feeds/$feed"
done
read_list /sitemap.xml
if [ -n "${CMS_KEY:-}" ]; then
  for list in articles people places topics organisations events series audit; do
    read_list "/editorial/v1/$list?limit=100"
  done
fi
