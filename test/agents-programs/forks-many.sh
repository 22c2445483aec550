#!/bin/sh
# As many children as it is told, each in a session of its own; then it waits.
i=0
while [ "$i" -lt "$1" ]; do
  setsid sleep 600 &
  i=$((i + 1))
done
echo "forked $i"
wait
