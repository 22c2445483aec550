#!/bin/sh
# A tool whose parent has gone.
(sleep "$1" > /dev/null 2>&1 &)
echo ready
[ "$2" = leave ] || exec sleep "$1"
