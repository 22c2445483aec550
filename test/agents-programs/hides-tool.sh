#!/bin/sh
# Its tool has a session of its own and an empty environment; only its parent tells whose it is.
env -i setsid sh -c 'echo "tool $$"; exec sleep 600' &
wait
