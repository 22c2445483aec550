#!/bin/sh
# Does not listen to TERM, and eats memory once it was asked to end.
trap 'exec "$(dirname "$0")/hostile/eats-memory.mjs" - stay 600' TERM
echo "burning"
while :; do :; done
