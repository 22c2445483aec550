import type { Outcome } from '../../domain/outcome.ts';
import type { AgentExit } from '../agent.ts';
import { describeExit } from '../describe-exit.ts';
import { plainLine } from '../plain-line.ts';
import type { Judgement } from './judgement.ts';

/** Why pi ended before it began, by what it says on stderr. */
export function judgeRefusalToStart(exit: AgentExit): Judgement {
  const told = REFUSALS.map(([outcome, words]) => ({
    outcome,
    line: words.exec(exit.stderrTail)?.[0] ?? '',
  })).find(({ line }) => line !== '');
  return told
    ? { outcome: told.outcome, reason: plainLine(told.line, 300) }
    : { outcome: unexplained(exit), reason: `it did not begin, ${describeExit(exit)}` };
}

const REFUSALS: readonly (readonly [Outcome, RegExp])[] = [
  // Where to log in comes behind it.
  ['auth_failed', /^No API key found.*/m],
  // Without that session it would start. It asks whether to take over one of another folder, and exits with 0 when it is not answered.
  ['failed', /^(?:No session found matching|Session found in different project).*/m],
];

// A wrong flag, an unknown provider.
function unexplained({ exitCode, stderrTail }: AgentExit): Outcome {
  if (exitCode === 0 || exitCode === null) {
    return 'unknown';
  }
  return stderrTail.trim() === '' ? 'failed' : 'worker_unavailable';
}
