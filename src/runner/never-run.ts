import type { LoopStatus } from '../domain/loop-status.ts';
import type { LoopAddress } from './loop-address.ts';

/** The status of a loop that has no saved state; with a pid while its first runner is starting. */
export function neverRun(
  { loop, task, dataDirectory }: LoopAddress,
  pid: number | null,
): LoopStatus {
  return {
    ...{ loop, task, pid },
    state: 'idle',
    running: pid !== null,
    stale: false,
    ...{ since: null, runId: null, iteration: 0, target: null, worker: null, wait: null },
    ...{ stopRequested: false, paused: false, ended: null },
    caps: { maxIterations: null, maxFailures: null, failuresInRow: 0 },
    totals: { iterations: 0, succeeded: 0, failed: 0, costUsd: null, tokens: null },
    dataDir: dataDirectory,
  };
}
