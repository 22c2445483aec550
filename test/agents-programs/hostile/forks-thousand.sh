#!/bin/sh
# A thousand tools at once.
i=0
while [ "$i" -lt 1000 ]; do
  sleep "$1" > /dev/null 2>&1 &
  i=$((i + 1))
done
echo ready
[ "$2" = leave ] || wait
