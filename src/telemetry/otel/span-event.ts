import type { RecordedEvent } from '../../domain/event.ts';
import { attributesOf, type AttributeValue, type SpanEvent } from './span.ts';

/** Anything that is no span of its own; `loop_start` tells its settings to nobody. */
export function spanEventOf({ event, details }: RecordedEvent, atMs: number): SpanEvent {
  const plain = Object.entries(details).filter((entry): entry is [string, AttributeValue] =>
    ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  const attributes = plain.map(([key, value]) => [`autoloop.${event}.${key}`, value] as const);
  return {
    name: `autoloop.${event}`,
    atMs,
    attributes: attributesOf(Object.fromEntries(attributes)),
  };
}
