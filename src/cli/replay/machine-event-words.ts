import type { MachineEvent } from '../../domain/inspection.ts';

/** A machine event as a person reads it: `checkGates is done`, `worker.ended succeeded`, `loop.stop SIGINT`. */
export function machineEventWords(event: MachineEvent): string {
  const [, how, actor] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event.type) ?? [];
  const name =
    actor === undefined ? event.type : `${actor} ${how === 'done' ? 'is done' : 'failed'}`;
  return [name, ...saidBy(event)].join(' ');
}

/** What tells most of it, wherever it lies. */
const TELLING = ['outcome', 'target', 'via', 'how', 'reason', 'kind', 'cap'];

function saidBy(event: MachineEvent): string[] {
  const parts = [event, event['output'], event['end']].filter(isObject);
  const told = parts.flatMap((part) =>
    TELLING.flatMap((name) => (typeof part[name] === 'string' ? [part[name]] : [])),
  );
  return told.filter((text) => text !== '').slice(0, 1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
