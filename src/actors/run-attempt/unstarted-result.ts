import type { AttemptResult } from '../../domain/attempt.ts';

type Facts = Pick<AttemptResult, 'outcome' | 'reason' | 'startedAtEpochMs' | 'endedAtEpochMs'>;

/** The result of an attempt nobody can tell more about. */
export function unstartedResult(id: string, facts: Facts): AttemptResult {
  return {
    format: 1,
    attemptId: id,
    ...facts,
    exitCode: null,
    signal: null,
    costUsd: null,
    tokens: null,
    turns: null,
    model: null,
    sessionId: null,
    denials: [],
    limitResetEpochMs: null,
    finalMessage: '',
    swept: [],
    usage: { peakMemoryBytes: null, peakProcesses: null, cpuSeconds: null },
    outputBytes: 0,
  };
}
