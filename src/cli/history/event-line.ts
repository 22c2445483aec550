import type { RecordedEvent } from '../../domain/event.ts';
import { durationText, momentText } from '../tables/moment-text.ts';
import type { Paint } from '../tables/paint.ts';
import { valueText } from '../tables/value-text.ts';
import { oneLine } from '../tables/text-width.ts';

/** An event as a person reads it: `10:12:03  #12  iteration_end  outcome=succeeded target=auth`. */
export function eventLine(event: RecordedEvent, paint: Paint): string {
  const number = event.iteration === null ? '' : `#${event.iteration}`;
  const facts = [
    ...Object.entries(event.details).flatMap(([name, value]) => fact(name, value)),
    ...(event.duration === null ? [] : [`took ${durationText(event.duration)}`]),
    ...(event.exit_code === null ? [] : [`exit ${event.exit_code}`]),
  ];
  const color = colorOf(event);
  const name = event.event.padEnd(NAME_WIDTH);
  const head = `${paint.dim(momentText(event.timestamp))}  ${number.padStart(5)}  ${color ? paint[color](name) : name}`;
  return `${head}  ${facts.join('  ')}`.trimEnd();
}

/** `iteration_start` and `summary_generated` but the longest. */
const NAME_WIDTH = 15;

/** What would make a line of a paragraph. */
const NOT_SHOWN = new Set(['settings', 'resources']);

/** What has no value says nothing; what is long is in the JSON form. */
function fact(name: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '') {
    return [];
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? []
      : [`${name}=${oneLine(value.slice(0, 3).join(', '))}${value.length > 3 ? ', …' : ''}`];
  }
  if (typeof value === 'object') {
    const inner = Object.entries(value).flatMap(([key, part]) =>
      isPlain(part) ? [`${key}=${oneLine(String(part))}`] : [],
    );
    return inner.length === 0 || NOT_SHOWN.has(name) ? [] : [`${name}(${inner.join(' ')})`];
  }
  return [`${name}=${shown(valueText(value))}`];
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
}

/** Moments become local time. */
function shown(text: string): string {
  const line = oneLine(text);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(line) ? momentText(line) : line;
}

function colorOf({ event, exit_code: exitCode }: RecordedEvent): 'good' | 'bad' | 'warn' | null {
  switch (event) {
    case 'iteration_end':
      return exitCode === 0 ? 'good' : 'bad';
    case 'error':
      return 'bad';
    case 'warning':
    case 'retry':
    case 'gate':
      return 'warn';
    default:
      return null;
  }
}
