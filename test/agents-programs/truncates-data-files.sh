#!/bin/sh
# Empties every file of the loop's data folder, in place.
find "$(dirname "$AUTOLOOP_EVENTS")" -type f -exec sh -c 'for file; do : > "$file"; done' sh {} +
echo "emptied"
