import type { RecordedEvent } from '../../domain/event.ts';
import type { TestCounts } from '../../domain/validation.ts';
import { parseJson } from '../../stores/parse-json.ts';
import {
  hasShape,
  isBoolean,
  isCount,
  isNumber,
  isRecord,
  isString,
  orNull,
  type Shape,
} from '../../stores/shape.ts';
import { isNamed } from './fold-record.ts';

/** One gate that an iteration's work had to pass. */
export interface GateRun {
  readonly gate: string;
  readonly passed: boolean;
  /** Why not; null: it passed. */
  readonly reason: string | null;
  /** null: nobody counted. */
  readonly tests: TestCounts | null;
  /** It did not pass the first time. */
  readonly retried: boolean;
  /** null: not known. */
  readonly seconds: number | null;
  /** The end of what one that was not passed printed, oldest line first; null: passed, or not kept. */
  readonly output_tail: readonly string[] | null;
}

/** In their order: as `gates.json` has them, else, where that is gone, as the events tell. */
export function gateRuns(kept: string | null, events: readonly RecordedEvent[]): GateRun[] {
  const file = parseJson(kept ?? '');
  if (Array.isArray(file) && file.length > 0 && file.every(isKept)) {
    return file.map(({ output, ...verdict }) => ({
      ...verdict,
      output_tail: verdict.passed ? null : lastLines(output),
    }));
  }
  return events.flatMap((event) =>
    isNamed(event, 'validation')
      ? [{ ...event.details, seconds: event.duration, output_tail: null }]
      : [],
  );
}

const TAIL_LINES = 15;

function lastLines(output: string): string[] {
  return output.trimEnd().split('\n').slice(-TAIL_LINES);
}

type Kept = Omit<GateRun, 'output_tail'> & { readonly output: string };

const KEPT: Shape<Kept> = {
  gate: isString,
  passed: isBoolean,
  reason: orNull(isString),
  tests: orNull(
    (counts) => isRecord(counts) && isCount(counts['ran']) && isCount(counts['failed']),
  ),
  retried: isBoolean,
  seconds: orNull(isNumber),
  output: isString,
};

function isKept(value: unknown): value is Kept {
  return hasShape(value, KEPT);
}
