import type { AgentExit } from '../agent.ts';

/** The exit, with what it says on stderr about its end: without what it says there whatever happens, and without its usage. */
export function withLastWords(exit: AgentExit): AgentExit {
  const { stderrTail } = exit;
  const words = USAGE.test(stderrTail)
    ? (WRONG_ARGUMENT.exec(stderrTail)?.[0] ?? 'it does not know one of its arguments')
    : stderrTail.replaceAll(CHATTER, '');
  return { ...exit, stderrTail: words };
}

const CHATTER =
  /^(?:(?:Security )?Warning: |\[STARTUP\] |Ripgrep is not available|YOLO mode is enabled).*$/gm;
// Its usage is longer than what is kept of stderr: the argument that it names first may be cut off.
const USAGE = /^ +(?:-\w, )?--[\w-]+ .*\[(?:boolean|string|array)\]/m;
const WRONG_ARGUMENT = /^(?:Unknown|Invalid|Not enough) .+$/m;
