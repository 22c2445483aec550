#!/bin/sh
# Of itself and of its tools.
echo "open files $(ulimit -n)"
echo "nice $(nice)"
