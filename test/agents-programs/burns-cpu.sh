#!/bin/sh
# Works hard on nothing.
echo "burning"
while :; do :; done
