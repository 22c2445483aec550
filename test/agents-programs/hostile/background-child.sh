#!/bin/sh
# A tool in the background, of its own group and session.
sleep "$1" > /dev/null 2>&1 &
echo ready
[ "$2" = leave ] || exec sleep "$1"
