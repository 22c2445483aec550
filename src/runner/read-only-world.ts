import { dirname, join } from 'node:path';
import type { LoopWorld } from '../actors/loop-world.ts';
import type { LoopLog } from '../log/create-log.ts';
import type { AttemptStore } from '../ports/attempt-store.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { FileAttemptStore } from '../stores/file-attempt-store.ts';
import { NoteFolder } from '../stores/note-folder.ts';
import { FileSummaryStore } from '../stores/summary-file.ts';
import { SystemClock } from '../stores/system-clock.ts';
import { FileWorkerList } from '../stores/workers-file.ts';
import type { LoopPlan } from './loop-plan.ts';
import { loopWorld } from './loop-world.ts';
import type { Observations } from './observations.ts';

export interface WorldRequest {
  readonly plan: LoopPlan;
  readonly runId: string;
  readonly observe: Observations;
}

/**
 * The world of a loop to those who only ask: what would write or start a worker throws, what is missing is noted. A
 * selector is run, and what it leaves behind swept.
 */
export function readOnlyWorld({ plan, runId, observe }: WorldRequest): LoopWorld {
  const paths = dataPaths(plan.dataDirectory);
  const { redactor } = plan;
  const clock = new SystemClock();
  const world = loopWorld({
    plan,
    files: {
      ...{ paths, clock, log: noteTo(observe) },
      attempts: new FileAttemptStore(paths.iterations),
      workers: new FileWorkerList(paths.workers),
      notes: new NoteFolder({ directory: paths.notes, clock, redactor }),
      summaries: new FileSummaryStore({
        jsonPath: paths.summary,
        textPath: paths.summaryText,
        redactor,
      }),
    },
    ...{ runId, launches: false, persisted: async () => {} },
    ...{ wasStarted: () => false, mayBeBegun: () => true },
    runsGate: refuse,
    guard: { look: refuse, note: refuse },
    isolation: {
      ...{ start: refuse, identity: () => null, finished: refuse, noMore: refuse, letGo: refuse },
    },
  });
  return {
    ...world,
    attempts: readOnlyAttempts(paths.iterations),
    equip: (request) => (observe.equipment = world.equip(request)),
    resolveProgram: (file, env) => world.resolveProgram(file, env) ?? missing(file, observe),
    removeLeftovers: refuse,
  };
}

/** It is gone on as if it were there: the rest is worth to be seen, too. */
function missing(file: string, observe: Observations): string {
  observe.missing.push(file);
  return file;
}

/** The paths of attempts, without the folders. */
function readOnlyAttempts(iterations: string): AttemptStore {
  const store = new FileAttemptStore(iterations);
  return {
    directory: ({ iteration, attempt }) =>
      join(
        dirname(store.logFile(iteration)),
        `${iteration}`.padStart(6, '0'),
        `attempt-${attempt}`,
      ),
    logFile: (iteration) => store.logFile(iteration),
    readClaim: (key) => store.readClaim(key),
    readResult: (key) => store.readResult(key),
    lastIteration: () => store.lastIteration(),
    exists: (key) => store.exists(key),
    kept: (iteration, name) => store.kept(iteration, name),
    ...{ claim: refuse, settle: refuse, keep: refuse, watch: refuse },
    ...{ restoreClaim: refuse, discardForeign: refuse, empty: refuse, prune: refuse },
  };
}

function noteTo(observe: Observations): LoopLog {
  const note = (_: object, message: string): void => void observe.warnings.push(message);
  return {
    info: () => {},
    warn: note,
    error: note,
    mend: () => null,
    bytes: () => 0,
    reopen: () => {},
    close: () => {},
  };
}

function refuse(): never {
  throw new Error('A dry run was about to change something.');
}
