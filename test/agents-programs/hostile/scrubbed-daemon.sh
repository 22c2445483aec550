#!/bin/sh
# The same with an empty environment: nothing says any more whose it is.
(env -i setsid sh -c 'sleep "$0" &' "$1" > /dev/null 2>&1 < /dev/null &)
echo ready
[ "$2" = leave ] || exec sleep "$1"
