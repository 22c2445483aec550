import type { AgentExit } from './agent.ts';

/** The signal that ended an agent, null if none did. A shell or a PID namespace between it and us tells it as 128+n. */
export function deathSignal({
  exitCode,
  signal,
}: Pick<AgentExit, 'exitCode' | 'signal'>): string | null {
  return signal ?? (exitCode === null ? null : (SIGNALS[exitCode - 128] ?? null));
}

// Signals that end a process by default; 128+n of any other is an exit code of its own.
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};
