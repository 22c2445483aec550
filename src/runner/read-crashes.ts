import { closeSync, fstatSync } from 'node:fs';
import { linesBackward } from '../stores/lines-backward.ts';
import { openIfThere } from '../stores/open-if-there.ts';
import { parseEventLine } from '../stores/recorded-event.ts';
import type { RecordedEvent } from '../domain/event.ts';

/** Deaths of runners of one run with no iteration finished in between. */
export interface Crashes {
  readonly inRow: number;
  /** When the run was gone on with, or found dead; ISO-8601 UTC. */
  readonly lastAt: string | null;
  /** null: it left no word, as when it was killed. */
  readonly lastError: string | null;
}

/** Reads back to the last iteration that ended. null: no runner died since. Throws AutoloopError 155. */
export function readCrashes(events: string): Crashes | null {
  let crashes: Crashes | null = null;
  for (const line of lastLines(events)) {
    const event = TELLING.test(line) ? parseEventLine(line) : null;
    if (event?.event === 'iteration_end' || event?.event === 'loop_start') {
      break;
    }
    crashes = event === null ? crashes : withEvent(crashes, event);
  }
  return crashes;
}

const TELLING = /"event":"(iteration_end|loop_start|loop_resume|warning)"/;
const MOST_LINES = 2_000;

function withEvent(crashes: Crashes | null, { event, details, timestamp }: RecordedEvent) {
  const facts: object = details;
  if (event === 'loop_resume' && 'reason' in facts && facts.reason === 'crashed') {
    const { inRow, lastAt, lastError } = crashes ?? NONE;
    return { inRow: inRow + 1, lastAt: lastAt ?? timestamp, lastError };
  }
  const tells = event === 'warning' && 'code' in facts && facts.code === 'runner_crashed';
  if (tells && 'message' in facts && typeof facts.message === 'string') {
    const { inRow, lastAt, lastError } = crashes ?? NONE;
    return { inRow, lastAt, lastError: lastError ?? facts.message };
  }
  return crashes;
}

const NONE: Crashes = { inRow: 0, lastAt: null, lastError: null };

function* lastLines(path: string): Generator<string> {
  const fd = openIfThere(path);
  if (fd === null) {
    return;
  }
  try {
    let left = MOST_LINES;
    for (const { bytes } of linesBackward(fd, fstatSync(fd).size)) {
      if (left === 0) {
        return;
      }
      left -= 1;
      yield bytes.toString('utf8');
    }
  } finally {
    closeSync(fd);
  }
}
