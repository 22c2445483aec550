import { fromCallback, fromPromise } from 'xstate';
import type {
  AttemptInput,
  Composition,
  Digest,
  DigestInput,
  DrainInput,
  GateInput,
  GateVerdict,
  Judgement,
  JudgeInput,
  Moment,
  Selection,
  TerminateWorker,
} from '../../src/domain/loop-work.ts';
import type { Outcome } from '../../src/domain/outcome.ts';

/**
 * What the loop does, provided by the runner. Each is safe to be started twice with the same input ("ensure", not "do"):
 * a restored machine starts again what was in flight.
 */
export const placeholders = {
  /** Is anything in the way of a new attempt? */
  checkGates: fromPromise<GateVerdict, GateInput>(missing('checkGates')),
  /** Orders the candidates of the iteration to come. */
  selectTarget: fromPromise<Selection, { iteration: number }>(missing('selectTarget')),
  /** Composes the prompt and keeps its redacted copy. */
  composePrompt: fromPromise<Composition, AttemptInput>(missing('composePrompt')),
  /** Launches, adopts or collects one attempt; answers `worker.started` and `worker.ended`. */
  runAttempt: fromCallback<TerminateWorker, AttemptInput>(missing('runAttempt')),
  /** Looks at the free space while a worker runs; answers `disk.low` when it is below the floor. */
  watchDisk: fromCallback<{ type: 'never' }>(missing('watchDisk')),
  /** Reads the report and judges what came out. */
  validateWork: fromPromise<Judgement, JudgeInput>(missing('validateWork')),
  /** Commits or takes back what the worker changed. */
  checkpointWork: fromPromise<Moment, AttemptInput & { outcome: Outcome }>(
    missing('checkpointWork'),
  ),
  /** Folds the iteration into the summaries. */
  digestIteration: fromPromise<Digest, DigestInput>(missing('digestIteration')),
  /** Looks at prompt and task while the breaker is open; answers `work.changed`. */
  watchWork: fromCallback<{ type: 'never' }, { workMark: string | null }>(missing('watchWork')),
  /** Answers `timer.fired` when the moment has come, at once when it is past. */
  waitUntil: fromCallback<{ type: 'never' }, { untilEpochMs: number }>(missing('waitUntil')),
  /** Waits until no worker of this loop is left, or ends them now. */
  drainWorkers: fromPromise<Moment, DrainInput>(missing('drainWorkers')),
  /** Removes what only a living loop needs. */
  cleanUp: fromPromise<Moment, { runId: string }>(missing('cleanUp')),
};

function missing(name: string): () => never {
  return () => {
    throw new Error(`The actor ${name} was not provided.`);
  };
}
