#!/bin/sh
# Opens its stdin by name, as many scripts do.
echo "prompt $(wc -c < /dev/stdin)"
echo "said by name" > /dev/stderr
