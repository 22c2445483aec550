/**
 * What bash runs around a function of `task.sh`. Names with `__al_` are ours; the file is sourced on top level, as the
 * original did, because `declare` in a function would make its variables local ones.
 */

/** The original's tasks ask whether it is there. */
const LOG_FUNCTION = `log_with_timestamp() { printf '%s\\n' "$*" >&2; }`;

/**
 * Arguments: mark, mode, file, function, how many texts follow on descriptors from 4 up, names that are told to the
 * function but not exported. Prints what the function prints between two marks, its exit code before the second one.
 *
 * - `names`: the functions of the file. `value`: what the function prints. `check`: nothing, all it prints is said.
 *   `exports`: what is exported after it, then `=`.
 * - Somebody reads descriptor 3 all the time: when whoever has its other end dies, the whole group does.
 * - The function is called as the original called it, in a condition, where `set -e` does not count; sourcing is not.
 * - The second mark is printed by the outer shell: whatever becomes of the inner one, it comes, and nobody has to wait
 *   for the end of an output that some child keeps open.
 */
export const HOOK_SCRIPT = `
set +eu
__al_mark=$1 __al_mode=$2 __al_file=$3 __al_hook=$4 __al_count=$5 __al_told=$6
( read -r -u 3 _; kill -KILL 0 ) < /dev/null > /dev/null 2>&1 &
(
  exec 3<&-
  __al_args=()
  for ((__al_fd = 4; __al_fd < 4 + __al_count; __al_fd++)); do
    __al_text=$(cat <&$__al_fd; printf .)
    __al_args+=("\${__al_text%.}")
    eval "exec $__al_fd<&-"
  done
  [[ $__al_mode != exports ]] || export -n $__al_told
  ${LOG_FUNCTION}
  set --
  set -euo pipefail
  source "$__al_file" >&2
  builtin printf '%sb' "$__al_mark"
  case $__al_mode in
    names) compgen -A function task_ || : ;;
    value) "$__al_hook" \${__al_args[@]+"\${__al_args[@]}"} || __al_code=$? ;;
    check) "$__al_hook" >&2 || __al_code=$? ;;
    exports)
      if declare -F "$__al_hook" > /dev/null; then
        "$__al_hook" >&2 || exit "$?"
      fi
      set +eu
      set -f
      IFS=$'\\n'
      __al_all=$(declare -xp)
      for __al_name in $(compgen -e); do
        if [[ $__al_all =~ (^|$'\\n')declare\\ -[aA][a-z]*\\ $__al_name= ]]; then
          builtin printf '%s\\0' "$__al_name"
        else
          builtin printf '%s=%s\\0' "$__al_name" "\${!__al_name}"
        fi
      done
      builtin printf '=\\0' ;;
  esac
  # What traps print now is no part of it.
  exec >&2 || :
  exit "\${__al_code-0}"
)
__al_code=$?
printf ';%d%se' "$__al_code" "$__al_mark"
printf '%se' "$__al_mark" >&2
exit 0
`;

/**
 * Called as the file itself, with the iteration as its argument. The prompt comes on stdin, and is the function's first
 * argument and its stdin again. Here `set -e` counts: nobody else looks at what the function does.
 */
export const WORKER_SCRIPT = `
__al_iteration=$1
__al_prompt=$(cat; printf .)
__al_prompt=\${__al_prompt%.}
${LOG_FUNCTION}
set --
set -euo pipefail
source "$0" >&2
task_run_worker "$__al_prompt" "$__al_iteration" < <(printf '%s' "$__al_prompt")
`;
