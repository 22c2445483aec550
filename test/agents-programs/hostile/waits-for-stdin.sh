#!/bin/sh
# Reads until its input ends, as its tools do.
cat > /dev/null
sleep "$1" > /dev/null 2>&1 &
echo ready
[ "$2" = leave ] && exit 0
cat
exec sleep "$1"
