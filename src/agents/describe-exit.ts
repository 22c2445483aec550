import type { AgentExit } from './agent.ts';
import { deathSignal } from './death-signal.ts';
import { plainLine } from './plain-line.ts';

/** How a process ended and what it said last on stderr, in one line. */
export function describeExit(exit: AgentExit): string {
  const words = lastLine(exit.stderrTail);
  return words === '' ? ending(exit) : `${ending(exit)}: ${words}`;
}

function ending(exit: AgentExit): string {
  const signal = deathSignal(exit);
  if (signal !== null) {
    return `died of ${signal}`;
  }
  return exit.exitCode === null
    ? 'neither exit code nor signal is known'
    : `exit code ${exit.exitCode}`;
}

function lastLine(text: string): string {
  return plainLine(text.split('\n').toReversed().join('\n'), 300);
}
