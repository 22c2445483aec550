import type { EventName } from '../../../src/domain/event.ts';
import { eventTypes, type EventTypes } from './render-event-schema.ts';
import { propertiesOf, type Schema } from './schema-of.ts';

/** What it says. One that is missing does not compile. */
const MEANINGS: Readonly<Record<EventName, string>> = {
  loop_start: 'a run begins',
  loop_resume: 'a runner goes on with an unfinished run',
  loop_end: 'the run is over; `exit_code` is its own',
  iteration_start: 'an iteration begins; each has exactly one end, over all crashes',
  iteration_end: 'and ends; `duration` from its start, `exit_code` of its outcome',
  iteration_skip: 'why it ended before a worker was started',
  worker_start: "an attempt begins: the pid is the isolation layer's",
  worker_adopt: 'a new runner found it alive, and waits for it',
  worker_end: 'no process of it is left; `duration` of the attempt',
  retry: 'there will be a new attempt in this iteration, after `delay` seconds',
  wait_start: 'the loop waits',
  wait_end: 'and does no more',
  signal: 'the runner was sent a signal',
  control: 'somebody steers it',
  gate: 'no worker may be started: what is in the way',
  validation: 'a gate was passed by the work, or not',
  checkpoint: 'the work was committed',
  rollback: 'the work was taken back, and is kept there',
  breaker: 'the breaker opened, tries again, or closed',
  rotate: 'a file begins anew; its former content is the generation `.1`',
  summary_generated: 'what the next prompt is told was written; `duration` it took',
  anomaly: 'figures go wrong, or so well that more could be asked; or do so no more',
  warning: 'something is not as it should be, and the loop goes on',
  error: 'the loop cannot go on (`fatal`), or could not do something',
};

/** Each event with its details, from the types. */
export function renderEventsTable(): string {
  const { details, definitions } = eventTypes();
  const rows = Object.entries(MEANINGS).map(([name, meaning]) => {
    const fields = fieldsOf(details[name] ?? {}, definitions);
    return `| \`${name}\` | ${meaning} | ${fields.join('; ')} |`;
  });
  return ['| event | what it says | `details` |', '|---|---|---|', ...rows].join('\n');
}

type Definitions = EventTypes['definitions'];

function fieldsOf(schema: Schema, definitions: Definitions): string[] {
  const { $ref, allOf } = schema;
  if (typeof $ref === 'string') {
    return fieldsOf(definitions[nameIn($ref)] ?? {}, definitions);
  }
  if (Array.isArray(allOf)) {
    return allOf.flatMap((part: Schema) => fieldsOf(part, definitions));
  }
  const required = [schema['required']].flat();
  return Object.entries(propertiesOf(schema)).map(
    ([name, field]) =>
      `\`${name}\`${required.includes(name) ? '' : '?'} ${typeText(field, definitions)}`,
  );
}

/** As a reader of JSON would call it; words that it may be are named where they are few. */
function typeText(schema: Schema, definitions: Definitions): string {
  const { $ref, anyOf, type, items, enum: words } = schema;
  if (typeof $ref === 'string') {
    return typeText(definitions[nameIn($ref)] ?? {}, definitions);
  }
  if (Array.isArray(anyOf)) {
    return anyOf.map((part: Schema) => typeText(part, definitions)).join(' or ');
  }
  if (Array.isArray(words)) {
    return words.length > 16 ? 'outcome' : words.map((word) => `*${word}*`).join(', ');
  }
  if (type === 'array') {
    return `list of ${typeText(Object(items), definitions)}s`;
  }
  const inner = Object.keys(propertiesOf(schema));
  return inner.length > 0
    ? `{${inner.join(', ')}}`
    : [type ?? 'any'].flat().map(String).join(' or ');
}

function nameIn(reference: string): string {
  return reference.slice('#/$defs/'.length);
}
