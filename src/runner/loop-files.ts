import { LOOP_MACHINE_VERSION } from '../../machines/loop.machine.ts';
import type { AttemptStore } from '../ports/attempt-store.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { Notes } from '../ports/notes.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import type { SummaryStore } from '../ports/summary-store.ts';
import type { WorkerList } from '../ports/worker-list.ts';
import { createLog, type LoopLog } from '../log/create-log.ts';
import { openDataDirectory } from '../stores/data-directory.ts';
import { DataFolder } from '../stores/data-folder.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { FileAttemptStore } from '../stores/file-attempt-store.ts';
import { KeptFile } from '../stores/kept-file.ts';
import { JsonSnapshotStore } from '../stores/json-snapshot-store.ts';
import type { LockedLoop } from '../stores/lock-holder.ts';
import { NdjsonEventLog } from '../stores/ndjson-event-log.ts';
import { NoteFolder } from '../stores/note-folder.ts';
import { Reserve } from '../stores/reserve.ts';
import { SqliteLoopLock } from '../stores/sqlite-loop-lock.ts';
import { FileSummaryStore } from '../stores/summary-file.ts';
import { SystemClock } from '../stores/system-clock.ts';
import { FileWorkerList } from '../stores/workers-file.ts';
import { checkReadable } from './check-readable.ts';
import type { LoopPlan } from './loop-plan.ts';
import { readState, type LoopState } from './read-state.ts';
import {
  reservedAttempts,
  reservedEvents,
  reservedSnapshots,
  reservedSummaries,
  reservedWorkers,
} from './reserved-stores.ts';

/** The loop's data folder, locked and open. */
export interface LoopFiles {
  readonly paths: DataPaths;
  readonly lock: SqliteLoopLock;
  readonly reserve: Reserve;
  readonly folder: DataFolder;
  readonly ignore: KeptFile;
  readonly snapshots: SnapshotStore;
  readonly events: EventLog;
  readonly attempts: AttemptStore;
  readonly notes: Notes;
  readonly summaries: SummaryStore;
  readonly workers: WorkerList;
  /** The same without the reserve behind them: what only the files on disk can tell or mend. */
  readonly bare: BareStores;
  readonly clock: SystemClock;
  readonly log: LoopLog;
  close(): void;
}

export interface BareStores {
  readonly snapshots: JsonSnapshotStore;
  readonly events: NdjsonEventLog;
  readonly summaries: FileSummaryStore;
  readonly workers: FileWorkerList;
}

export interface OpenLoop {
  readonly files: LoopFiles;
  readonly state: LoopState;
}

/**
 * Takes the lock, then reads before it writes: a state that cannot be gone on with leaves everything as it is.
 * Throws AutoloopError 152 (held), 153, 155 or 156.
 */
export async function openLoop(plan: LoopPlan, command: LockedLoop['command']): Promise<OpenLoop> {
  const paths = openDataDirectory(plan.dataDirectory);
  const lock = new SqliteLoopLock({
    ...{ name: plan.loop, lock: paths.lock, owner: paths.owner, command },
  });
  await lock.acquire();
  try {
    const snapshots = openSnapshots(plan, paths);
    const state = readState(snapshots, paths.snapshot);
    checkReadable(paths, state);
    return { files: openFiles({ plan, paths, lock, snapshots, knownSeq: state.seq }), state };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openSnapshots({ redactor }: LoopPlan, paths: DataPaths): JsonSnapshotStore {
  return new JsonSnapshotStore({
    path: paths.snapshot,
    formerPath: paths.formerSnapshot,
    machineVersion: LOOP_MACHINE_VERSION,
    redactor,
  });
}

interface Opening {
  readonly plan: LoopPlan;
  readonly paths: DataPaths;
  readonly lock: SqliteLoopLock;
  readonly snapshots: JsonSnapshotStore;
  readonly knownSeq: number;
}

function openFiles({ plan, paths, lock, snapshots, knownSeq }: Opening): LoopFiles {
  const { redactor } = plan;
  const clock = new SystemClock();
  const events = new NdjsonEventLog({ path: paths.events, redactor, knownSeq });
  const folder = new DataFolder(paths.directory);
  const ignore = new KeptFile(paths.ignore);
  ignore.read();
  const redact = (text: string): string => redactor.redact(text);
  const log = createLog({ path: paths.log, loop: plan.loop, redact });
  const reserve = new Reserve(paths.reserve);
  const summaryPaths = { jsonPath: paths.summary, textPath: paths.summaryText };
  const summaries = new FileSummaryStore({ ...summaryPaths, redactor });
  const workers = new FileWorkerList(paths.workers);
  return {
    ...{ paths, folder, lock, ignore, reserve, clock, log },
    bare: { snapshots, events, summaries, workers },
    snapshots: reservedSnapshots(snapshots, reserve),
    events: reservedEvents(events, reserve),
    attempts: reservedAttempts(new FileAttemptStore(paths.iterations), reserve),
    notes: new NoteFolder({ directory: paths.notes, clock, redactor }),
    summaries: reservedSummaries(summaries, reserve),
    workers: reservedWorkers(workers, reserve),
    close: () => {
      folder.close();
      events.close();
      log.close();
      lock.release();
    },
  };
}
