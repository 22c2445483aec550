#!/usr/bin/env bash

# A task in the format of the bash loops that autoloop replaces, as a project of theirs would have it.

set -euo pipefail

LOOP_TASK="garden-improvement"
TASK_DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
TASK_PROMPTS_DIR="${TASK_DIR}/prompts"

task_prompt_candidates() {
	cat << END
${PROMPT_PATH:-}
${TASK_PROMPTS_DIR}/garden-improvement-loop.md
${TASK_DIR}/of-nobody.md
END
}

task_build_helper_context() {
	echo "Iteration: ${ITERATION_NUMBER:-unknown}"
	echo "Events: ${EVENTS_JSONL}. Season: ${GARDEN_SEASON}."
	grep -q nothing /dev/null
	echo "Cheat sheet: ${TASK_PROMPTS_DIR}/cheatsheet.md"
}

# $1 prompt, $2 summary, $3 helper context
task_build_prompt() {
	local base="$1"; local summary="$2"; local helper="$3"
	if [[ -n "$summary" ]]; then
		printf '%s\n\n%s\n\n%s\n\n%s' "What happened before:" "$summary" "$helper" "${ULTRA_THINK_PREFIX}${base}"
	else
		printf '%s\n\n%s' "$helper" "${ULTRA_THINK_PREFIX}${base}"
	fi
}

task_check_worker_available() {
	command -v cat >/dev/null 2>&1 && command -v bash >/dev/null 2>&1
}

task_check_season() {
	local season="${GARDEN_SEASON_WANTED:-spring}"
	case "$season" in
		"spring"|"autumn") echo "Season: $season" ;;
		*) echo "ERROR: no such season: $season"; return 1 ;;
	esac
}

task_prepare_worker_env() {
	if ! task_check_season; then
		return 1
	fi
	if declare -F log_with_timestamp >/dev/null 2>&1; then
		log_with_timestamp "WARNING: the gate is open"
	fi
	export MAX_CONCURRENT_WORKERS="${MAX_CONCURRENT_WORKERS:-1}"
	export LOOP_TCP_FILTER=""
	export MAX_TURNS="${MAX_TURNS:-12}"
	export ALLOWED_TOOLS="${ALLOWED_TOOLS:-Bash,Read}"
	export GARDEN_SEASON="${GARDEN_SEASON_WANTED:-spring}"
	export GARDEN_EVENTS_JSONL="$EVENTS_JSONL"
	export GARDEN_LIST_CMD="cat garden.json"
}
