import { propertiesOf, SchemaMaker, type Schema } from './schema-of.ts';
import { TypeSource } from './type-source.ts';

/** The JSON Schema of a line of `events.ndjson`, made from the types that write it. */
export function eventSchema(): Schema {
  const { details, definitions } = eventTypes();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'autoloop/events.schema.json',
    title: 'An event of autoloop: a line of events.ndjson',
    ...FRAME,
    properties: { ...FRAME.properties, event: { enum: Object.keys(details) } },
    allOf: Object.entries(details).map(([name, schema]) => ({
      if: { properties: { event: { const: name } }, required: ['event'] },
      // oxlint-disable-next-line no-thenable
      then: { properties: { details: schema } },
    })),
    $defs: definitions,
  };
}

export interface EventTypes {
  /** Name of an event → its details. */
  readonly details: Readonly<Record<string, Schema>>;
  /** What they refer to as `#/$defs/NAME`. */
  readonly definitions: Readonly<Record<string, Schema>>;
}

export function eventTypes(): EventTypes {
  const maker = new SchemaMaker();
  const details = maker.schemaOf(new TypeSource('src/domain/event.ts').declared('EventDetails'));
  return { details: propertiesOf(details), definitions: maker.definitions };
}

export function renderEventSchema(): string {
  return `${JSON.stringify(eventSchema(), null, 2)}\n`;
}

/** What types cannot say of the frame. */
const FRAME = {
  type: 'object',
  required: [
    ...['timestamp', 'event', 'iteration', 'task', 'duration', 'exit_code', 'details', 'seq'],
    'run_id',
  ],
  properties: {
    timestamp: {
      type: 'string',
      pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$`,
      description: 'ISO-8601, UTC, milliseconds.',
    },
    iteration: { type: ['integer', 'null'], minimum: 1, description: 'null: of no iteration.' },
    task: { type: 'string' },
    duration: { type: ['number', 'null'], minimum: 0, description: 'Seconds.' },
    exit_code: { type: ['integer', 'null'] },
    details: { type: 'object' },
    seq: {
      type: 'integer',
      minimum: 1,
      description: 'Counts from 1 without gaps, over restarts and rotations.',
    },
    run_id: { type: 'string' },
  },
} as const;
