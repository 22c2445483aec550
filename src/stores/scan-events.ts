import { fstatSync } from 'node:fs';
import type { EventName, RecordedEvent } from '../domain/event.ts';
import { openGenerations } from './event-generations.ts';
import type { GrowingFile } from './growing-file.ts';
import { linesBackward } from './lines-backward.ts';
import { linesHolding } from './lines-holding.ts';
import { parseEventLine } from './recorded-event.ts';

export interface EventScan<Name extends EventName> {
  /** Only these; the fewer lines they are, the less a long history costs. */
  readonly names: readonly Name[];
  /** Nothing older is wanted, epoch ms; null: all. */
  readonly since?: number | null;
  /** Nothing younger is wanted, epoch ms; null: all. */
  readonly until?: number | null;
}

/**
 * The kept events of these names, newest first, rotated files included: the files are searched, and only what is found
 * is parsed. No index that could be wrong. Malformed lines are passed over. Throws AutoloopError 155.
 */
export function* scanEvents<Name extends EventName>(
  path: string,
  { names, ...moments }: EventScan<Name>,
): Generator<RecordedEvent<Name>> {
  const read = (line: string): RecordedEvent<Name> | null => {
    const event = parseEventLine(line);
    return event !== null && isNamed(event, names) ? event : null;
  };
  for (const { found } of searchLines(path, { names, read, ...moments })) {
    yield found;
  }
}

export interface LineSearch<Found> extends EventScan<EventName> {
  /** null: it is none of them. */
  readonly read: (line: string) => Found | null;
}

export interface FoundInLine<Found> {
  readonly found: Found;
  /** All that was recorded before it, newest first; to be asked for before the next one is found. */
  readonly before: () => Generator<RecordedEvent>;
}

/** As `scanEvents`, of whatever is read of the lines, with what led to it. */
export function* searchLines<Found extends { readonly timestamp: string }>(
  path: string,
  { names, read, since = null, until = null }: LineSearch<Found>,
): Generator<FoundInLine<Found>> {
  const files = openGenerations(path, null).toReversed();
  // Quotes within a text are escaped in JSON: this is found in no message, whatever it quotes.
  const texts = names.map((name) => `"${name}"`);
  try {
    for (const [index, file] of files.entries()) {
      for (const { text, start } of linesHolding(file.fd, { texts })) {
        const found = read(text);
        if (found === null) {
          continue;
        }
        const at = since === null && until === null ? 0 : Date.parse(found.timestamp);
        if (since !== null && at < since - CLOCK_SET_BACK_MS) {
          return;
        }
        if ((since ?? at) <= at && at <= (until ?? at)) {
          yield { found, before: () => eventsBackward(files.slice(index), start) };
        }
      }
    }
  } finally {
    files.forEach((file) => file.close());
  }
}

/** Behind an older event younger ones may lie, where the clock was set back; by more than a day it hardly is. */
export const CLOCK_SET_BACK_MS = 86_400_000;

function isNamed<Name extends EventName>(
  event: RecordedEvent,
  names: readonly Name[],
): event is RecordedEvent<Name> {
  return names.some((name) => name === event.event);
}

/** `end`: where to begin in the first of the files. */
function* eventsBackward(files: readonly GrowingFile[], end: number): Generator<RecordedEvent> {
  for (const [index, { fd }] of files.entries()) {
    for (const { bytes } of linesBackward(fd, index === 0 ? end : fstatSync(fd).size)) {
      const event = parseEventLine(bytes.toString('utf8'));
      if (event !== null) {
        yield event;
      }
    }
  }
}
