#!/bin/sh
# Tidies up as an agent does that wants a fresh checkout: everything git does not know goes.
cd "$AUTOLOOP_WORKSPACE" && git clean -fdxq
echo "cleaned"
