#!/bin/sh
# A helper writes the last line a moment after the script has ended, as the tee of `exec > >(tee log)` does.
(sleep 0.1; echo "last words") &
echo "first words"
