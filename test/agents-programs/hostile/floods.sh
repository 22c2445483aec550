#!/bin/sh
# floods.sh TOKEN MODE BYTES: prints so much; where it stays, without end.
line='{"type":"assistant","text":"some words of an agent that has far too much to say, and says all of it"}'
if [ "$2" = leave ]; then
  yes "$line" | head -c "$3"
  exec touch ready
fi
touch ready
exec yes "$line"
