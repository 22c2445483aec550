#!/bin/sh
# dies-by-signal.sh TOKEN MODE SIGNAL: of one that it sends itself; where it stays, when it is asked to end.
echo ready
[ "$2" = leave ] && kill -"$3" $$
trap 'trap - TERM; kill -"$3" $$' TERM
sleep "$1" > /dev/null 2>&1 &
wait
