#!/bin/sh
# As leaves-daemon.sh, without a hold on the output.
setsid sleep 600 > /dev/null 2>&1 < /dev/null &
echo "daemon $!"
