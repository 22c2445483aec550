#!/bin/sh
# Says how willing it and a tool of its are to die where memory runs out; then waits.
sleep 0.2
echo "agent $(cat /proc/$$/oom_score_adj)"
sh -c 'echo "tool $(cat /proc/$$/oom_score_adj)"'
exec sleep 300
