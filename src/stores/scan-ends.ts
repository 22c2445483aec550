import type { RecordedEvent } from '../domain/event.ts';
import { parseEventLine } from './recorded-event.ts';
import { searchLines, type EventScan, type FoundInLine } from './scan-events.ts';

/** What statistics need of an iteration's end. */
export interface EndFigures extends Pick<
  RecordedEvent,
  'timestamp' | 'iteration' | 'duration' | 'exit_code'
> {
  /** Of another version it may be none that this one knows. */
  readonly outcome: string;
  /** All of it, as it lies on disk. */
  readonly line: string;
}

export type FoundEnd = FoundInLine<EndFigures>;

/**
 * As `scanEvents` of `iteration_end`, with these figures only: they stand at the beginning of a line, and what agents said
 * behind them is not parsed. A line that another program has set otherwise is.
 */
export function findEnds(
  path: string,
  moments: Omit<EventScan<'iteration_end'>, 'names'>,
): Generator<FoundEnd> {
  return searchLines(path, { names: ['iteration_end'], read, ...moments });
}

function read(line: string): EndFigures | null {
  const match = TAIL.test(line.slice(-TAIL_LENGTH)) ? HEAD.exec(line) : null;
  if (!match) {
    return parsed(line);
  }
  const [, timestamp = '', iteration, duration, exitCode, outcome = ''] = match;
  return {
    ...{ timestamp, iteration: numberOf(iteration), duration: numberOf(duration) },
    ...{ exit_code: numberOf(exitCode), outcome, line },
  };
}

/** As the runner writes it. */
const HEAD =
  /^\{"timestamp":"([^"\\]+)","event":"iteration_end","iteration":(\d+|null),"task":"[^"\\]*","duration":(\d+(?:\.\d+)?|null),"exit_code":(-?\d+|null),"details":\{"outcome":"(\w+)"[,}]/;
const TAIL = /,"seq":\d+,"run_id":"[^"\\]*"\}$/;
const TAIL_LENGTH = 120;

function numberOf(text: string | undefined): number | null {
  return text === undefined || text === 'null' ? null : Number(text);
}

function parsed(line: string): EndFigures | null {
  const event = parseEventLine(line);
  return event && isEnd(event) ? { ...event, outcome: event.details.outcome, line } : null;
}

function isEnd(event: RecordedEvent): event is RecordedEvent<'iteration_end'> {
  return event.event === 'iteration_end';
}
