#!/bin/sh
# Takes the loop's data for rubbish of the build, a hundred times in a row.
count=0
while [ $count -lt 100 ]; do
  rm -rf "$AUTOLOOP_WORKSPACE/data"
  count=$((count + 1))
done
echo "deleted"
