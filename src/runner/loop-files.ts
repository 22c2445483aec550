import type { RecordedEvent } from '../domain/event.ts';
import { createLog, type LoopLog } from '../log/create-log.ts';
import type { SnapshotEnvelope } from '../ports/snapshot-store.ts';
import { openDataDirectory } from '../stores/data-directory.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { FileAttemptStore } from '../stores/file-attempt-store.ts';
import { JsonSnapshotStore } from '../stores/json-snapshot-store.ts';
import { NdjsonEventLog } from '../stores/ndjson-event-log.ts';
import { NoteFolder } from '../stores/note-folder.ts';
import { SqliteLoopLock } from '../stores/sqlite-loop-lock.ts';
import { SummaryFile } from '../stores/summary-file.ts';
import { SystemClock } from '../stores/system-clock.ts';
import { WorkersFile } from '../stores/workers-file.ts';
import { LOOP_MACHINE_VERSION } from '../../machines/loop.machine.ts';
import type { LoopPlan } from './loop-plan.ts';

/** The loop's data folder, locked and open. */
export interface LoopFiles {
  readonly paths: DataPaths;
  readonly lock: SqliteLoopLock;
  readonly snapshots: JsonSnapshotStore;
  readonly events: NdjsonEventLog;
  readonly attempts: FileAttemptStore;
  readonly notes: NoteFolder;
  readonly summaries: SummaryFile;
  readonly workers: WorkersFile;
  readonly clock: SystemClock;
  readonly log: LoopLog;
  /** What had to be mended while opening, for the first events of the run. */
  readonly repairs: string[];
  recovered(what: string): void;
  /** Number of the last event the snapshot knows of. */
  lastKnownSeq(): number;
  /** Appends what the snapshot knows and the log lacks. */
  replayOutbox(envelope: SnapshotEnvelope): void;
  close(): void;
}

/** Throws AutoloopError 152 (held), 153, 155 or 156; nothing was written over then. */
export async function openLoopFiles(plan: LoopPlan): Promise<LoopFiles> {
  const { redactor } = plan;
  const paths = openDataDirectory(plan.dataDirectory);
  const lock = new SqliteLoopLock({ lock: paths.lock, owner: paths.owner, loop: plan.loop });
  await lock.acquire();
  try {
    const clock = new SystemClock();
    let lastKnownSeq = 0;
    const events = new NdjsonEventLog({ path: paths.events, redactor });
    const repairs = events.repaired === null ? [] : [`cut off a torn line of ${paths.events}`];
    const log = createLog({ path: paths.log, loop: plan.loop, redact: (text) => redactor.redact(text) });
    return {
      ...{ paths, lock, events, clock, repairs, log },
      snapshots: new JsonSnapshotStore({
        path: paths.snapshot,
        formerPath: paths.formerSnapshot,
        machineVersion: LOOP_MACHINE_VERSION,
        redactor,
      }),
      attempts: new FileAttemptStore(paths.iterations),
      notes: new NoteFolder({ directory: paths.notes, clock, redactor }),
      summaries: new SummaryFile({ jsonPath: paths.summary, textPath: paths.summaryText, redactor }),
      workers: new WorkersFile(paths.workers),
      recovered: (what) => repairs.push(what),
      lastKnownSeq: () => lastKnownSeq,
      replayOutbox: ({ outbox, seq }) => {
        lastKnownSeq = seq;
        events.append(outbox.filter(isMissingFrom(events)));
      },
      close: () => {
        events.close();
        log.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function isMissingFrom(events: NdjsonEventLog): (event: RecordedEvent) => boolean {
  const last = events.lastSeq();
  return (event) => event.seq > last;
}
