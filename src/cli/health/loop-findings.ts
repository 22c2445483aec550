import { existsSync, fstatSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import { readStatus, type LoopReading } from '../../runner/read-status.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { readTail } from '../../stores/event-tail.ts';
import type { CliContext } from '../cli-context.ts';
import { commandFor } from '../status/next-command.ts';
import { attempted } from './attempted.ts';
import { ok, warn, type Finding } from './finding.ts';

/** The state of the loop on disk, and who has it. */
export async function loopFindings(context: CliContext, place: LoopPlace): Promise<Finding[]> {
  let reading: LoopReading | null = null;
  const state = await attempted('state', async () => {
    reading = await readStatus(place);
    return stateFinding(context, reading);
  });
  return [
    ...(reading === null ? [] : [lockFinding(context, reading)]),
    state,
    await attempted('events', () => eventsFinding(dataPaths(place.dataDirectory).events)),
    socketFinding(place.dataDirectory),
  ];
}

function lockFinding(context: CliContext, { status, runner }: LoopReading): Finding {
  if (!status.running) {
    return ok('lock', 'free');
  }
  const holder = `held by pid ${status.pid || 'unknown here'}`;
  return runner === 'silent'
    ? warn(
        'lock',
        `${holder}, which does not answer`,
        `Wait, or end it: ${commandFor(context, status, 'stop --force')}`,
      )
    : ok('lock', `${holder}: the loop is running`);
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

function eventsFinding(path: string): Finding {
  if (!existsSync(path)) {
    return ok('events', 'none yet');
  }
  const fd = openSync(path, 'r');
  try {
    const { lastSeq, wholeBytes } = readTail(fd);
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
