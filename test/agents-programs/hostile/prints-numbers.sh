#!/bin/sh
# All numbers up to the one it is told, a line each.
exec seq "$1"
