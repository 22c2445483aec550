#!/bin/sh
# Takes the loop's data for rubbish of the build.
rm -rf "$AUTOLOOP_WORKSPACE/data"
echo "deleted"
