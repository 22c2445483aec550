#!/bin/sh
# Neither it nor its tools hear TERM, INT or HUP.
trap '' TERM INT HUP
sleep "$1" > /dev/null 2>&1 &
echo ready
[ "$2" = leave ] && exit 0
while :; do sleep "$1"; done
