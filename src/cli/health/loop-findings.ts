import { existsSync, fstatSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import { checkOpenAttempt } from '../../runner/check-readable.ts';
import { readDiskState } from '../../runner/read-disk-state.ts';
import type { LoopState } from '../../runner/read-state.ts';
import { readStatus, type LoopReading } from '../../runner/read-status.ts';
import { dataPaths, type DataPaths } from '../../stores/data-paths.ts';
import { readTail, refuseForeignEvents } from '../../stores/event-tail.ts';
import { openForReading } from '../../stores/open-for-reading.ts';
import { checkNoteFolder } from '../../stores/note-folder.ts';
import { readOwner } from '../../stores/owner-file.ts';
import { checkSummaryFile } from '../../stores/summary-file.ts';
import { readTextFile } from '../../stores/text-file.ts';
import type { CliContext } from '../cli-context.ts';
import { commandFor } from '../status/next-command.ts';
import { attempted } from './attempted.ts';
import { ok, warn, type Finding } from './finding.ts';
import { lockFindings } from './lock-finding.ts';

/** The state of the loop on disk, and who has it. */
export async function loopFindings(context: CliContext, place: LoopPlace): Promise<Finding[]> {
  const paths = dataPaths(place.dataDirectory);
  let reading: LoopReading | null = null;
  let saved: LoopState | null = null;
  const state = await attempted('state', async () => {
    reading = await readStatus(place);
    saved = readDiskState(paths);
    [paths.formerSnapshot, paths.heartbeat].forEach(readTextFile);
    return stateFinding(context, reading);
  });
  return [
    ...(await lockFindings(context, { reading, lock: paths.lock })),
    state,
    ...(await attemptFindings(paths, saved)),
    await attempted('events', () => eventsFinding(paths.events)),
    await attempted('figures', () => figuresFinding(paths)),
    ...(await noteFindings(paths)),
    ...(await ownerFindings(paths)),
    socketFinding(place.dataDirectory),
  ];
}

function stateFinding(context: CliContext, { status, recovered, asked }: LoopReading): Finding {
  if (recovered !== null) {
    return warn('state', recovered, 'Nothing to do: the next start goes on from there.');
  }
  return status.stale
    ? warn(
        'state',
        `an unfinished run (${status.state})`,
        `Go on: ${commandFor(context, status, 'resume', asked)}`,
      )
    : ok('state', status.state === 'idle' ? 'nothing was ever run' : status.state);
}

/** A start reads what lies there of the open attempt, and refuses what makes no sense. */
async function attemptFindings(paths: DataPaths, saved: LoopState | null): Promise<Finding[]> {
  if (saved === null || saved.restored.kind === 'new') {
    return [];
  }
  const look = (): Finding => {
    checkOpenAttempt(paths, saved);
    return ok('open attempt', 'readable');
  };
  return [await attempted('open attempt', look)];
}

function figuresFinding(paths: DataPaths): Finding {
  checkSummaryFile(paths.summary);
  readTextFile(paths.summaryText);
  return ok('figures', existsSync(paths.summary) ? paths.summary : 'none yet');
}

async function noteFindings({ notes }: DataPaths): Promise<Finding[]> {
  const finding = await attempted('notes', () => {
    checkNoteFolder(notes);
    return ok('notes', notes);
  });
  return finding.status === 'ok' ? [] : [finding];
}

/** No state: whoever holds the lock is told by the lock. */
async function ownerFindings({ owner }: DataPaths): Promise<Finding[]> {
  const finding = await attempted('owner', () =>
    existsSync(owner) && readOwner(owner) === null
      ? warn(
          'owner',
          `${owner} makes no sense`,
          'Nothing to do: the next start writes it anew, once it has the lock.',
        )
      : ok('owner', owner),
  );
  return finding.status === 'ok' ? [] : [finding];
}

function eventsFinding(path: string): Finding {
  if (!existsSync(path)) {
    const isRotated = existsSync(`${path}.1`);
    return ok('events', isRotated ? 'none since they were rotated' : 'none yet');
  }
  const fd = openForReading(path);
  try {
    const tail = readTail(fd);
    const { lastSeq, wholeBytes } = tail;
    refuseForeignEvents(path, tail);
    const torn = fstatSync(fd).size > wholeBytes;
    return torn
      ? warn('events', `a torn last line in ${path}`, 'Nothing to do: the next start cuts it off.')
      : ok('events', lastSeq === null ? 'none yet' : `readable, the last is number ${lastSeq}`);
  } finally {
    closeSync(fd);
  }
}

/** The kernel allows 107 bytes; longer paths move elsewhere. */
const LONGEST_PATH = 100;

function socketFinding(directory: string): Finding {
  const path = join(directory, 'control.sock');
  return Buffer.byteLength(path) <= LONGEST_PATH
    ? ok('control socket', path)
    : ok(
        'control socket',
        'in the runtime folder, as the path of the data folder is too long for a socket',
      );
}
