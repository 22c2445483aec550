#!/bin/sh
# dies-by-signal.sh SIGNAL
kill -"$1" $$
