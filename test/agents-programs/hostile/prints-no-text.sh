#!/bin/sh
# Bytes that are no UTF-8, NULs among them, and a character that is cut off at the end.
printf 'ready\n\000\001\377\376\n\303\050\000\r\n\360\237'
[ "$2" = leave ] || exec sleep "$1"
