#!/bin/sh
# Does not listen to TERM, and eats memory once it was asked to end.
trap 'exec "$(dirname "$0")/eats-memory.mjs" 600' TERM
echo "burning"
while :; do :; done
