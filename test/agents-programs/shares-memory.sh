#!/bin/sh
# Five processes share 150 MB for five seconds: 750 MB by their resident sizes.
exec perl -e '$x = "a" x 150_000_000; for (1 .. 4) { last if !fork } sleep 5'
