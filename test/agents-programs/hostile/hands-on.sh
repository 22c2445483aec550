#!/bin/sh
# Hands on to a child of its own again and again: it is gone before anybody has looked. Ends by itself in the end.
hops=${1:-0}
if [ "$hops" -lt 8000 ]; then
  "$0" $((hops + 1)) > /dev/null 2>&1 &
fi
echo "$hops" >> handed-on
[ "$hops" = 0 ] || exit 0
while [ "$(wc -l < handed-on)" -lt 50 ]; do sleep 0.02; done
