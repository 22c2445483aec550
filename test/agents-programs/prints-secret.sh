#!/bin/sh
# prints-secret.sh SECRET: whole, in two writes, on both streams, and at the very end without a newline.
echo "whole: $1"
half=$(printf %.8s "$1")
printf 'split: %s' "$half"
sleep 0.05
printf '%s\n' "${1#"$half"}"
echo "on stderr: $1" >&2
printf 'last: %s' "$1"
