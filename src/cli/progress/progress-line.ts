import type { EventDetails, EventName, RecordedEvent } from '../../domain/event.ts';
import { isSuccess } from '../../domain/outcome.ts';
import { gateWords } from '../status/gate-words.ts';
import { verdictWords } from '../status/verdict-words.ts';
import { costText } from '../tables/amount-text.ts';
import { durationText, momentText } from '../tables/moment-text.ts';
import type { Paint } from '../tables/paint.ts';
import { oneLine } from '../tables/text-width.ts';

export interface LineStyle {
  /** A live block shows the rest. */
  readonly isLive: boolean;
  readonly paint: Paint;
  /** Signals that asked it to stop, this one included. */
  readonly signals?: number;
}

/** One line for an event that somebody who watches wants to see; null for the others. */
export function progressLine<Name extends EventName>(
  event: RecordedEvent<Name>,
  style: LineStyle,
): string | null {
  const isDrawn = style.isLive && SHOWN_LIVE.has(event.event) && !isFailedWorker(event);
  const words = isDrawn ? null : WORDS[event.event]?.(event, style);
  return words ? `${style.paint.dim(momentText(event.timestamp))} ${words}` : null;
}

function isFailedWorker({ event, details }: RecordedEvent): boolean {
  return event === 'worker_end' && 'outcome' in details && !isSuccess(details.outcome);
}

const WORDS: {
  readonly [Name in EventName]?: (event: RecordedEvent<Name>, style: LineStyle) => string;
} = {
  iteration_start: ({ iteration, details }) => `iteration ${iteration} begins${on(details.target)}`,
  iteration_end: ({ iteration, duration, details }, { paint }) => {
    const { outcome, target, cost_usd: cost } = details;
    const mark = isSuccess(outcome) ? paint.good('✓') : paint.bad('✗');
    const paid = cost === null ? '' : `, ${estimated(details)}${costText(cost)}`;
    const why = outcome === 'failed' && details.report === 'failed' ? ', by its own report' : '';
    return `${mark} iteration ${iteration}${on(target)}: ${outcome}${why}${taking(duration)}${paid}`;
  },
  iteration_skip: ({ iteration, details }) => `iteration ${iteration}: ${oneLine(details.reason)}`,
  worker_start: ({ details }) =>
    `worker ${details.pid} started (${details.agent}, attempt ${details.attempt})`,
  worker_adopt: ({ details }) => `worker ${details.pid} adopted (attempt ${details.attempt})`,
  worker_end: ({ duration, details }) => {
    const why = isSuccess(details.outcome) ? '' : `: ${oneLine(details.usage.reason)}`;
    return `worker ended: ${details.outcome}${taking(duration)}${why}`;
  },
  validation: ({ duration, details }, { paint }) => {
    const mark = details.passed ? paint.good('✓') : paint.bad('✗');
    return `${mark} gate ${oneLine(details.gate)}: ${verdictWords(details)}${taking(duration)}`;
  },
  checkpoint: ({ details }) => `work committed as ${details.commit.slice(0, 10)}`,
  rollback: ({ details }) => `work taken back: git show ${oneLine(details.ref)}`,
  retry: ({ details }) =>
    details.delay === 0
      ? `attempt ${details.attempt} at once, after ${details.reason}`
      : `attempt ${details.attempt} in ${durationText(details.delay)}, after ${details.reason}`,
  breaker: ({ details }, { paint }) => breakerLine(details, paint),
  gate: ({ details }, { paint }) => `${paint.warn('in the way')}: ${gateWords(details)}`,
  wait_start: ({ details }) => {
    const until = details.until === null ? '' : ` until ${momentText(details.until)}`;
    const why = details.reason === null ? '' : `: ${oneLine(details.reason)}`;
    return `waiting (${details.kind})${until}${why}`;
  },
  loop_resume: ({ details }) => `going on from ${details.from_state} (${details.reason})`,
  signal: ({ details: { name } }, { signals = 1 }) => {
    if (name === 'SIGHUP') {
      return 'SIGHUP: leaving the worker to itself';
    }
    return signals === 1
      ? `${name}: finishing the iteration; once more ends the worker`
      : `${name}: ending the worker; once more leaves at once, to be resumed`;
  },
  control: ({ details }) =>
    details.command === '--until'
      ? 'its time is over (--until, --for)'
      : `asked to ${details.command}`,
  anomaly: ({ details: { level, state, message, advice } }, { paint }) => {
    const name = level === 'warning' ? paint.warn('notice') : paint.good('notice');
    return `${name}: ${oneLine(message)}${state === 'raised' ? `. ${oneLine(advice)}` : ''}`;
  },
  warning: ({ details }, { paint }) => `${paint.warn('warning')}: ${oneLine(details.message)}`,
  error: ({ details }, { paint }) => `${paint.bad('error')}: ${oneLine(details.message)}`,
};

const SHOWN_LIVE: ReadonlySet<EventName> = new Set([
  'iteration_start',
  'worker_start',
  'worker_end',
  'wait_start',
]);

function breakerLine({ state, diagnosis }: EventDetails['breaker'], paint: Paint): string {
  const words = {
    open: `${paint.warn('breaker open')}: ${indented(diagnosis ?? '')}`,
    half_open: 'breaker half open: the next iteration shows whether it is better',
    closed: `${paint.good('breaker closed')}: it goes on as usual`,
  };
  return words[state];
}

/** Under the words of its line, behind the time. */
function indented(text: string): string {
  return text
    .split('\n')
    .map(oneLine)
    .join(`\n${' '.repeat(9)}`);
}

/** A cost that was worked out, not told. */
function estimated({ cost_estimated }: EventDetails['iteration_end']): string {
  return cost_estimated ? 'about ' : '';
}

function on(target: string | null): string {
  return target === null ? '' : `, ${oneLine(target)}`;
}

function taking(seconds: number | null): string {
  return seconds === null ? '' : `, ${durationText(seconds)}`;
}
