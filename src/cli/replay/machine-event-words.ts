import type { MachineEvent } from '../../domain/inspection.ts';
import { eventWords } from '../../inspect/event-words.ts';
import { isRecord } from '../../stores/shape.ts';

/** A machine event as a person reads it: `checkGates is done`, `worker.ended succeeded`, `loop.stop SIGINT`. */
export function machineEventWords(event: MachineEvent): string {
  return [eventWords(event.type), ...saidBy(event)].join(' ');
}

/** What tells most of it, wherever it lies. */
const TELLING = ['outcome', 'target', 'via', 'how', 'reason', 'kind', 'cap'];

function saidBy(event: MachineEvent): string[] {
  const parts = [event, event['output'], event['end']].filter(isRecord);
  const told = parts.flatMap((part) =>
    TELLING.flatMap((name) => (typeof part[name] === 'string' ? [part[name]] : [])),
  );
  return told.filter((text) => text !== '').slice(0, 1);
}
