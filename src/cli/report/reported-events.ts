import { fstatSync } from 'node:fs';
import type { RecordedEvent } from '../../domain/event.ts';
import { REPORTED_EVENTS } from '../../report/loop-history.ts';
import { openGenerations } from '../../stores/event-generations.ts';
import type { GrowingFile } from '../../stores/growing-file.ts';
import { linesBackward } from '../../stores/lines-backward.ts';
import { linesHolding } from '../../stores/lines-holding.ts';
import { parseEventLine } from '../../stores/recorded-event.ts';
import { CLOCK_SET_BACK_MS } from '../../stores/scan-events.ts';

/** The events that a report is made of, oldest first; other lines are not parsed. `since`: epoch ms. Throws AutoloopError 155. */
export function* reportedEvents(path: string, since: number | null): Generator<RecordedEvent> {
  const files = openGenerations(path, null);
  try {
    for (const file of files) {
      for (const line of isOld(file, since) ? anomaliesIn(file) : file.lines()) {
        const event = mayTell(line) ? parseEventLine(line) : null;
        if (event && WANTED.has(event.event) && isYoung(event, since)) {
          yield event;
        }
      }
    }
  } finally {
    for (const file of files) {
      file.close();
    }
  }
}

const WANTED: ReadonlySet<string> = new Set(REPORTED_EVENTS);

/** Nothing in it is young enough, however far the clock was set back. */
function isOld({ fd }: GrowingFile, since: number | null): boolean {
  for (const { bytes, ended } of since === null ? [] : linesBackward(fd, fstatSync(fd).size)) {
    const event = ended ? parseEventLine(bytes.toString('utf8')) : null;
    if (event !== null) {
      return Date.parse(event.timestamp) < (since ?? 0) - CLOCK_SET_BACK_MS;
    }
  }
  return false;
}

/** What was out of the ordinary may stand since long before. */
function anomaliesIn({ fd }: GrowingFile): string[] {
  return [...linesHolding(fd, { texts: ['"anomaly"'] })].map(({ text }) => text).toReversed();
}

/** Our own lines begin with the timestamp and the name; any other is looked into. */
function mayTell(line: string): boolean {
  if (!line.startsWith('","event":"', NAME_AT - 11)) {
    return line !== '';
  }
  const name = line.slice(NAME_AT, line.indexOf('"', NAME_AT));
  return WANTED.has(name) && !DULL[name]?.some((text) => line.includes(text));
}

/** Lines of which a report takes nothing, by what they hold: half of the time would go into parsing them. */
const DULL: Readonly<Record<string, readonly string[]>> = {
  worker_end: ['"outcome":"succeeded"', '"outcome":"no_change"'],
  validation: ['"passed":true'],
};

const NAME_AT = '{"timestamp":"2026-01-01T00:00:00.000Z","event":"'.length;

function isYoung({ timestamp, event }: RecordedEvent, since: number | null): boolean {
  return since === null || event === 'anomaly' || Date.parse(timestamp) >= since;
}
