#!/bin/sh
# Removes what tells others of the living runner.
data=$(dirname "$AUTOLOOP_EVENTS")
rm -f "$data/control.sock" "$data/loop.owner.json" "$data/loop.pid" "$data/workers.pids"
echo "removed"
