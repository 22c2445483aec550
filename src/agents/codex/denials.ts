/**
 * Tools that were denied, as far as the end of stderr tells: no line of the protocol does. What the sandbox itself
 * refuses is not among them, for that reads like any error of a command.
 */
export function denialsIn(stderrTail: string): string[] {
  const denied = DENIALS.filter(([, words]) => words.test(stderrTail)).map(([tool]) => tool);
  return [...new Set(denied)];
}

// The beginning of Codex's own lines: nothing that a tool or the model said can stand there.
const PREFIX = '^\\d[\\d:.TZ-]+ ERROR codex_core::tools::router: error=';
const DENIALS = [
  ['apply_patch', new RegExp(`${PREFIX}patch rejected: writing `, 'm')],
  ['exec_command', new RegExp(`${PREFIX}approval policy is Never; reject command`, 'm')],
] as const;
