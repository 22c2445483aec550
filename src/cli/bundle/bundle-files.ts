import { arch, release, type } from 'node:os';
import { readStatus, type LoopAddress } from '../../runner/read-status.ts';
import { describeError } from '../../domain/error.ts';
import { VERSION } from '../../domain/version.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { journalTexts } from '../../stores/journal/read-journal.ts';
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
  const files = new Map<string, string>([
    ['bundle.json', json(await aboutBundle(request))],
    ...snapshots.flatMap(([name, text]) => (text === null ? [] : [[name, lines([text])] as const])),
  ]);
  for (const { name, texts } of journalTexts(paths.journal, runId)) {
    files.set(`journal/${name}`, lines(texts));
  }
  files.set('events.ndjson', eventLines(request));
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
async function aboutBundle({ place, paths, runId }: BundleRequest): Promise<object> {
  return {
    ...{ format: BUNDLE_FORMAT, autoloop: VERSION, loop: place.loop, task: place.task },
    ...{ run_id: runId, made_at: new Date().toISOString() },
    ...{ node: process.version, system: `${type()} ${release()} ${arch()}` },
    settings: settingsOf(paths, runId),
    status: await statusOf(place),
  };
}

/** As the run was begun with; null: that is no longer kept. */
function settingsOf({ events }: DataPaths, runId: string): unknown {
  for (const event of readEvents(events)) {
    if (event.run_id === runId && event.event === 'loop_start') {
      return event.details;
    }
  }
  return null;
}

async function statusOf(place: LoopAddress): Promise<object> {
  try {
    return statusDocument({ loop: place.loop, reading: await readStatus(place) });
  } catch (error) {
    return { error: describeError(error).message };
  }
}

/** Those of the run; of a very long one the last. */
function eventLines({ paths, runId, redactValue }: BundleRequest): string {
  const found: string[] = [];
  for (const event of readEvents(paths.events)) {
    if (event.run_id === runId) {
      found.push(`${JSON.stringify(redactValue(event))}\n`);
      if (found.length >= 2 * MOST_EVENTS) {
        found.splice(0, MOST_EVENTS);
      }
    }
  }
  return found.slice(-MOST_EVENTS).join('');
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
