import { arch, release, type } from 'node:os';
import { basename } from 'node:path';
import { readStatus, type LoopAddress } from '../../runner/read-status.ts';
import { describeError } from '../../domain/error.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import { VERSION } from '../../domain/version.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { journalParts } from '../../stores/journal/journal-parts.ts';
import { readPart } from '../../stores/journal/read-journal.ts';
import { parseJson } from '../../stores/parse-json.ts';
import { readEvents } from '../../stores/read-events.ts';
import { readTextFile } from '../../stores/text-file.ts';
import { LineHistory } from '../history/line-history.ts';
import { statusDocument } from '../status/status-document.ts';

/** What the archive says of itself; a newer format is refused. */
export const BUNDLE_FORMAT = 1;

export interface BundleRequest {
  readonly place: LoopAddress;
  readonly paths: DataPaths;
  readonly runId: string;
  readonly redactValue: <T>(value: T) => T;
}

/**
 * The files of a bug report, by name: what the run's machine was told, where it is, what was recorded of it, and with what
 * it ran. Never a prompt, and of an agent no more than its last words. All of it is redacted once more.
 */
export async function bundleFiles(request: BundleRequest): Promise<ReadonlyMap<string, string>> {
  const { paths, runId, redactValue } = request;
  const json = (value: unknown): string => `${JSON.stringify(redactValue(value))}\n`;
  const lines = (texts: Iterable<string>): string =>
    [...texts].map((text) => json(parseJson(text) ?? text)).join('');
  // Before the journal: each step is in that first.
  const snapshots = [
    ['snapshot.json', readTextFile(paths.snapshot)],
    ['snapshot.prev.json', readTextFile(paths.formerSnapshot)],
  ] as const;
  const { events, settings } = eventsOf(paths, runId);
  const files = new Map<string, string>([
    ['bundle.json', json({ ...(await aboutBundle(request)), settings })],
    ...snapshots.flatMap(([name, text]) => (text === null ? [] : [[name, lines([text])] as const])),
  ]);
  for (const part of journalParts(paths.journal).filter((one) => one.runId === runId)) {
    files.set(`journal/${basename(part.path)}`, [...readPart(part)].map(json).join(''));
  }
  files.set('events.ndjson', events.map(json).join(''));
  files.set('loop.log', lines(lastOf(paths.log)));
  for (const [name, path] of [
    ['summary.json', paths.summary],
    ['runner.err', paths.trace],
  ] as const) {
    const text = readTextFile(path);
    if (text !== null) {
      files.set(name, lines([text]));
    }
  }
  return files;
}

/** Of the machine and its user it tells no more than paths do. */
async function aboutBundle({ place, runId }: BundleRequest): Promise<object> {
  return {
    ...{ format: BUNDLE_FORMAT, autoloop: VERSION, loop: place.loop, task: place.task },
    ...{ run_id: runId, made_at: new Date().toISOString() },
    ...{ node: process.version, system: `${type()} ${release()} ${arch()}` },
    status: await statusOf(place),
  };
}

async function statusOf(place: LoopAddress): Promise<object> {
  try {
    return statusDocument({ loop: place.loop, reading: await readStatus(place) });
  } catch (error) {
    return { error: describeError(error).message };
  }
}

/** Those of the run, of a very long one the last; and what it was begun with, null: that is no longer kept. */
function eventsOf({ events }: DataPaths, runId: string): RunEvents {
  const found: RecordedEvent[] = [];
  let settings: unknown = null;
  for (const event of readEvents(events)) {
    if (event.run_id === runId) {
      settings ??= event.event === 'loop_start' ? event.details : null;
      found.push(event);
      if (found.length >= 2 * MOST_EVENTS) {
        found.splice(0, MOST_EVENTS);
      }
    }
  }
  return { events: found.slice(-MOST_EVENTS), settings };
}

interface RunEvents {
  readonly events: readonly RecordedEvent[];
  readonly settings: unknown;
}

const MOST_EVENTS = 50_000;
const LOG_LINES = 5_000;

function lastOf(log: string): string[] {
  const history = new LineHistory(log);
  try {
    return history.last(LOG_LINES);
  } finally {
    history.close();
  }
}
