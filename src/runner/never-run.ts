import { initialContext } from '../../machines/loop/context.ts';
import { DEFAULT_POLICY } from '../../machines/loop/default-policy.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import { describeLoop } from './describe-loop.ts';
import type { LoopAddress } from './loop-address.ts';

/** The status of a loop that has no saved state; with a pid while its first runner is starting. */
export function neverRun(
  { loop, task, dataDirectory }: LoopAddress,
  pid: number | null,
): LoopStatus {
  const context = initialContext({ runId: '', lastIteration: 0, policy: DEFAULT_POLICY });
  const facts = { loop, task, dataDir: dataDirectory, logFile: () => '' };
  const status = describeLoop(facts, { value: 'idle', context, since: '', pid });
  return { ...status, since: null, runId: null };
}
