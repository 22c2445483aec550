import { attemptId, type AttemptResult } from '../../domain/attempt.ts';
import type { AttemptInput } from '../../domain/loop-work.ts';
import type { LoopWorld } from '../loop-world.ts';
import type { AttemptFiles } from './attempt-files.ts';
import { unstartedResult } from './unstarted-result.ts';

interface Fenced {
  readonly world: Pick<LoopWorld, 'attempts' | 'clock' | 'runId'>;
  readonly key: AttemptInput;
  readonly files: Pick<AttemptFiles, 'read'>;
}

/**
 * Takes the claim ourselves, so that no late isolation layer can begin, and closes the attempt. Answers its result; null:
 * an isolation layer has claimed it before.
 */
export function fenceOff(
  { world: { attempts, clock, runId }, key, files }: Fenced,
  why: Pick<AttemptResult, 'outcome' | 'reason'>,
): AttemptResult | null {
  const id = attemptId(runId, key);
  const now = clock.now();
  attempts.claim(key, {
    format: 1,
    attemptId: id,
    isolation: null,
    agent: key.agent,
    startedAtEpochMs: now,
    deadlineEpochMs: now,
    idleTimeoutMs: 0,
    graceMs: 0,
    supervision: 'base',
  });
  if (files.read().claim?.isolation) {
    return null;
  }
  const result = unstartedResult(id, { ...why, startedAtEpochMs: now, endedAtEpochMs: now });
  attempts.settle(key, result);
  return files.read().result ?? result;
}
