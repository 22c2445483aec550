#!/bin/sh
# Its helper has an empty environment and a group of its own, but not a session.
env -i /bin/bash -mc '/bin/sleep 600 & echo "helper $!"' 2>&1
