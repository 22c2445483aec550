#!/bin/sh
# Writes down in advance how the next iteration goes: somebody has begun it, and it was a success.
data=$(dirname "$AUTOLOOP_EVENTS")
here="$data/iterations/$(printf %06d "$AUTOLOOP_ITERATION")/attempt-1"
next="$data/iterations/$(printf %06d $((AUTOLOOP_ITERATION + 1)))/attempt-1"
mkdir -p "$next"
sed 's/"attemptId":"[^"]*"/"attemptId":"forged"/' "$here/claim.json" > "$next/claim.json"
echo '{"forged":true}' > "$next/result.json"
echo "written"
