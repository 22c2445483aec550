#!/bin/sh
# A stopped tool hears of TERM only when it goes on.
sleep "$1" > /dev/null 2>&1 &
kill -STOP $!
echo ready
[ "$2" = leave ] || exec sleep "$1"
