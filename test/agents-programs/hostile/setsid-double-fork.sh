#!/bin/sh
# A daemon as books teach it: a session of its own, no parent, no output.
(setsid sh -c 'sleep "$0" & sleep "$0" &' "$1" > /dev/null 2>&1 < /dev/null &)
echo ready
[ "$2" = leave ] || exec sleep "$1"
