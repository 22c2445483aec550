#!/bin/sh
# Takes the folders of all attempts from everybody, itself included.
chmod 000 iterations
touch ready
[ "$2" = leave ] || exec sleep "$1"
