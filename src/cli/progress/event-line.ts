import type { RecordedEvent } from '../../domain/event.ts';
import { isOutcome, isSuccess } from '../../domain/outcome.ts';

export interface LineStyle {
  /** A live block shows the rest. */
  readonly isLive: boolean;
  readonly hasColor: boolean;
}

/** One line for an event that matters; null for the others. */
export function eventLine(event: RecordedEvent, style: LineStyle): string | null {
  const text = wording(event, style);
  return text === null ? null : `${event.timestamp.slice(11, 19)} ${text}`;
}

function wording(event: RecordedEvent, { isLive, hasColor }: LineStyle): string | null {
  const details = event.details as Readonly<Record<string, unknown>>;
  const number = event.iteration ?? '';
  switch (event.event) {
    case 'iteration_start':
      return isLive
        ? null
        : `iteration ${number} begins${details['target'] ? `: ${String(details['target'])}` : ''}`;
    case 'iteration_end':
      return ended(event, details, hasColor);
    case 'iteration_skip':
      return `iteration ${number}: ${String(details['reason'])}`;
    case 'worker_start':
      return isLive
        ? null
        : `worker ${String(details['pid'])} started (${String(details['agent'])}, attempt ${String(details['attempt'])})`;
    case 'worker_adopt':
      return `worker ${String(details['pid'])} adopted (attempt ${String(details['attempt'])})`;
    case 'worker_end':
      return isLive
        ? null
        : `worker ended: ${String(details['outcome'])}, ${seconds(event.duration)}`;
    case 'retry':
      return `attempt ${String(details['attempt'])} in ${seconds(Number(details['delay']))}, after ${String(details['reason'])}`;
    case 'wait_start':
      return isLive
        ? null
        : `waiting (${String(details['kind'])})${details['until'] ? ` until ${String(details['until']).slice(11, 19)}` : ''}`;
    case 'loop_resume':
      return `going on from ${String(details['from_state'])} (${String(details['reason'])})`;
    case 'signal':
      return `${String(details['name'])}: finishing the iteration; once more ends the worker`;
    case 'control':
      return `asked to ${String(details['command'])}`;
    case 'warning':
    case 'error':
      return `${event.event}: ${String(details['message'])}`;
    default:
      return null;
  }
}

function ended(
  event: RecordedEvent,
  details: Readonly<Record<string, unknown>>,
  hasColor: boolean,
): string {
  const outcome = details['outcome'];
  const isGood = isOutcome(outcome) && isSuccess(outcome);
  const mark = isGood ? paint('✓', 32, hasColor) : paint('✗', 31, hasColor);
  const target = details['target'] ? ` ${String(details['target'])}` : '';
  const cost =
    typeof details['cost_usd'] === 'number' ? `, ${details['cost_usd'].toFixed(2)} USD` : '';
  return `${mark} iteration ${event.iteration}${target}: ${String(outcome)}, ${seconds(event.duration)}${cost}`;
}

function paint(text: string, code: number, hasColor: boolean): string {
  return hasColor ? `\u001B[${code}m${text}\u001B[0m` : text;
}

function seconds(value: number | null): string {
  return value === null ? '' : `${value.toFixed(1)} s`;
}
