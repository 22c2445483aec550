#!/bin/sh
# exits-with.sh CODE [WORDS]
[ -z "$2" ] || echo "$2"
exit "$1"
