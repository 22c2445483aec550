import { join } from 'node:path';
import { openDataDirectory } from '../../src/stores/data-directory.ts';
import type { DataPaths } from '../../src/stores/data-paths.ts';
import { FileAttemptStore } from '../../src/stores/file-attempt-store.ts';
import { JsonSnapshotStore } from '../../src/stores/json-snapshot-store.ts';
import { NdjsonEventLog } from '../../src/stores/ndjson-event-log.ts';
import { NoteFolder } from '../../src/stores/note-folder.ts';
import { ownerHere, writeOwner } from '../../src/stores/owner-file.ts';
import { writeOwnPid } from '../../src/stores/pid-file.ts';
import { FileSummaryStore } from '../../src/stores/summary-file.ts';
import { SystemClock } from '../../src/stores/system-clock.ts';
import { FileWorkerList } from '../../src/stores/workers-file.ts';
import { keepAsIs, sampleClaim, sampleEnvelope, sampleEvent, sampleResult } from './samples.ts';

/** Longer than the room that is left anywhere. */
export const LONG = 'x'.repeat(30_000);
export const KEY = { iteration: 1, attempt: 1 };
const IDENTITY = { pid: 4242, startTicks: '1', bootId: 'boot' };

export interface Writer {
  readonly name: string;
  /** What the message must name. */
  readonly file: (paths: DataPaths) => string;
  /** A second time it would write something else. */
  readonly write: (paths: DataPaths, time: number) => void;
}

const inAttempt = (name: string) => (paths: DataPaths) =>
  join(paths.iterations, '000001', 'attempt-1', name);

/** Every writer of a data folder, but the logs, which must not fail at all. */
export const WRITERS: readonly Writer[] = [
  {
    name: 'the snapshot',
    file: ({ snapshot }) => snapshot,
    write: (paths, time) => snapshots(paths).save({ ...sampleEnvelope(time), snapshot: { LONG } }),
  },
  {
    name: 'the events',
    file: ({ events }) => events,
    write: (paths, time) => {
      const log = new NdjsonEventLog({ path: paths.events, redactor: keepAsIs });
      try {
        log.append([{ ...sampleEvent(time), details: { code: 'long', message: LONG } }]);
      } finally {
        log.close();
      }
    },
  },
  {
    name: 'summary.json',
    file: ({ summary }) => summary,
    write: (paths, time) => summaries(paths).writeMetrics({ time, LONG }),
  },
  {
    name: 'summary.txt',
    file: ({ summaryText }) => summaryText,
    write: (paths, time) => summaries(paths).writeText(`${time}${LONG}`),
  },
  {
    name: 'the owner',
    file: ({ owner }) => owner,
    write: ({ owner }, time) =>
      writeOwner(owner, ownerHere({ since: LONG, version: String(time), socket: '/s' })),
  },
  {
    name: 'the pid',
    file: ({ pid }) => pid,
    write: ({ pid }) => writeOwnPid(pid),
  },
  {
    name: 'the list of workers',
    file: ({ workers }) => workers,
    write: ({ workers }, time) =>
      new FileWorkerList(workers).add({ ...IDENTITY, startTicks: LONG }, { ...KEY, attempt: time }),
  },
  {
    name: 'the prompt',
    file: ({ iterations }) => join(iterations, '000001', 'prompt.md'),
    write: (paths, time) => attempts(paths).keep(1, { name: 'prompt.md', text: `${time}${LONG}` }),
  },
  {
    name: 'the report',
    file: ({ iterations }) => join(iterations, '000001', 'report.json'),
    write: (paths, time) =>
      attempts(paths).keep(1, { name: 'report.json', text: JSON.stringify({ time, LONG }) }),
  },
  {
    name: 'a claim',
    file: inAttempt('claim.json'),
    write: (paths, time) =>
      void (time > 1 && attempts(paths).claim(KEY, { ...sampleClaim, agent: LONG })),
  },
  {
    name: 'a result',
    file: inAttempt('result.json'),
    write: (paths, time) =>
      void (time > 1 && attempts(paths).settle(KEY, { ...sampleResult, finalMessage: LONG })),
  },
  {
    name: 'a note',
    file: ({ notes }) => notes,
    write: ({ notes }, time) => {
      const folder = new NoteFolder({
        directory: notes,
        clock: new SystemClock(),
        redactor: keepAsIs,
      });
      folder.add({ text: `${time}${LONG}`, target: null });
    },
  },
  {
    name: 'the folder itself',
    file: ({ directory }) => directory,
    write: ({ directory }) => void openDataDirectory(directory),
  },
];

function snapshots({ snapshot, formerSnapshot }: DataPaths): JsonSnapshotStore {
  const files = { path: snapshot, formerPath: formerSnapshot, machineVersion: 1 };
  return new JsonSnapshotStore({ ...files, redactor: keepAsIs });
}

function summaries({ summary, summaryText }: DataPaths): FileSummaryStore {
  return new FileSummaryStore({ jsonPath: summary, textPath: summaryText, redactor: keepAsIs });
}

export function attempts({ iterations }: DataPaths): FileAttemptStore {
  return new FileAttemptStore(iterations);
}
