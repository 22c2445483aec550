#!/bin/sh
# A tool in a session of its own.
setsid sleep "$1" > /dev/null 2>&1 &
until grep -qsx sleep /proc/$!/comm; do :; done
echo ready
[ "$2" = leave ] || exec sleep "$1"
