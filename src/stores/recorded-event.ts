import type { RecordedEvent } from '../domain/event.ts';
import { parseJson } from './parse-json.ts';
import { hasShape, isCount, isNumber, isRecord, isString, orNull, type Shape } from './shape.ts';

/** One line of `events.ndjson`; null: it is malformed. */
export function parseEventLine(line: string): RecordedEvent | null {
  const value = parseJson(line);
  return isRecordedEvent(value) ? value : null;
}

/** Looks at the frame alone: names and details of other versions of autoloop pass, as a log outlives them. */
export function isRecordedEvent(value: unknown): value is RecordedEvent {
  return hasShape(value, EVENT);
}

const EVENT: Shape<RecordedEvent> = {
  timestamp: isString,
  event: isString,
  iteration: orNull(isCount),
  task: isString,
  duration: orNull(isNumber),
  exit_code: orNull(isNumber),
  details: isRecord,
  seq: isCount,
  run_id: isString,
};
