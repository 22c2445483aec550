#!/bin/sh
# Puts a folder in the place of every file of the loop.
data=$(dirname "$AUTOLOOP_EVENTS")
attempt="$data/iterations/$(printf %06d "$AUTOLOOP_ITERATION")/attempt-$AUTOLOOP_ATTEMPT"
: > "$attempt/result.json"
find "$data" -type f ! -name loop.lock -exec sh -c 'for file; do rm -f "$file"; mkdir "$file"; done' sh {} +
echo "replaced"
