#!/bin/sh
# Never reads its prompt.
exec < /dev/null
echo "not interested"
