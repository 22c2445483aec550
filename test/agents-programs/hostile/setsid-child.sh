#!/bin/sh
# A tool in a session of its own.
setsid sleep "$1" > /dev/null 2>&1 &
echo ready
[ "$2" = leave ] || exec sleep "$1"
