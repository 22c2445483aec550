#!/bin/sh
# Its daemon is in a session of its own and holds stdout open.
setsid sleep 600 &
echo "daemon $!"
