import { initialContext, type LoopContext } from '../../machines/loop/context.ts';
import { DEFAULT_POLICY } from '../../machines/loop/default-policy.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import { isOutcome } from '../domain/outcome.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { FileAttemptStore } from '../stores/file-attempt-store.ts';
import {
  hasShape,
  isCount,
  isNumber,
  isRecord,
  isString,
  misfit,
  orNull,
  type Shape,
} from '../stores/shape.ts';
import { damagedFileError } from '../stores/state-error.ts';
import { describeLoop } from './describe-loop.ts';
import type { LoopAddress } from './loop-address.ts';
import { savedSnapshots } from './saved-snapshots.ts';

/** What the snapshot says, for those who only look. */
export interface SavedLoop {
  /** What the loop said when it ended by trouble, and what mends that. */
  readonly message: string | null;
  readonly fix: string | null;
  readonly recovered: string | null;
  /** The iteration that is not closed yet. */
  readonly open: { readonly runId: string; readonly iteration: number } | null;
  /** Flags that it was last asked for with. */
  readonly asked: Readonly<Record<string, string>>;
  describe(runner: LoopAddress & { readonly pid: number | null }): LoopStatus;
}

/** null: nothing was ever run. Throws AutoloopError 156, 155. Checked by hand: zod would double the time of `status`. */
export function readSavedLoop(paths: DataPaths): SavedLoop | null {
  const loaded = savedSnapshots(paths).load();
  if (!loaded) {
    return null;
  }
  const { snapshot, savedAt } = loaded.envelope;
  const value = isRecord(snapshot) ? snapshot['value'] : undefined;
  const context = contextIn(snapshot, paths.snapshot);
  const attempts = new FileAttemptStore(paths.iterations);
  const { open, runId } = context;
  return {
    open: open && { runId, iteration: context.iteration },
    recovered: loaded.recovered,
    asked: loaded.envelope.asked ?? {},
    message: context.ending?.message ?? null,
    fix: context.ending?.fix ?? null,
    describe: ({ loop, task, dataDirectory, pid }) =>
      describeLoop(
        { loop, task, dataDir: dataDirectory, logFile: (iteration) => attempts.logFile(iteration) },
        { value, context, since: savedAt, pid },
      ),
  };
}

function contextIn(snapshot: unknown, path: string): LoopContext {
  const found = isRecord(snapshot) && isRecord(snapshot['context']) ? snapshot['context'] : {};
  const policy = { ...DEFAULT_POLICY, ...(isRecord(found['policy']) ? found['policy'] : {}) };
  const context: unknown = { ...initialContext(NOTHING), ...found, policy };
  if (hasShape(context, CONTEXT)) {
    return context;
  }
  throw damagedFileError(
    path,
    `in its context ${misfit(context, CONTEXT) ?? 'nothing makes sense'}`,
  );
}

const NOTHING = { runId: '', lastIteration: 0, policy: DEFAULT_POLICY };

const isFlag = (value: unknown): boolean => typeof value === 'boolean';

/** One of before there were fixes has none. */
function isEnding(value: unknown): boolean {
  const isText = orNull(isString);
  return (
    isRecord(value) &&
    isString(value['reason']) &&
    isText(value['message'] ?? null) &&
    isText(value['fix'] ?? null)
  );
}

function isGate(value: unknown): boolean {
  return isRecord(value) && isNumber(value['value']) && isNumber(value['limit']);
}

const CONTEXT: Shape<LoopContext> = {
  runId: isString,
  startedAtEpochMs: isNumber,
  policy: isRecord,
  iteration: isCount,
  open: orNull((value) => isRecord(value) && orNull(isString)(value['target'])),
  worker: orNull((value) => isRecord(value) && isNumber(value['sinceEpochMs'])),
  wait: orNull((value) => isRecord(value) && isNumber(value['untilEpochMs'])),
  // A snapshot of before there were gates has neither.
  closedGate: (value) => value === undefined || value === null || isGate(value),
  skipsGates: (value) => value === undefined || isFlag(value),
  paused: isFlag,
  stop: isString,
  stopVia: orNull(isString),
  failuresInRow: isCount,
  ...{ troublesInRow: isCount, unchangedInRow: isCount, completeInRow: isCount },
  isComplete: isFlag,
  // A snapshot of before there were scores has none.
  leavesOut: (value) => value === undefined || isFlag(value),
  breaker: (value) => isRecord(value) && isString(value['state']) && isRecord(value['memory']),
  workMark: orNull(isString),
  untilEpochMs: orNull(isNumber),
  agentLimits: isRecord,
  ...{ limitWaitedMs: isNumber, livedMs: isNumber, livedSinceEpochMs: isNumber },
  ...{ reachedCap: orNull(isString), left: orNull(isString) },
  totals: (value) => isRecord(value) && isCount(value['iterations']),
  lastOutcome: orNull(isOutcome),
  lowDisk: orNull(isString),
  ending: orNull(isEnding),
};
