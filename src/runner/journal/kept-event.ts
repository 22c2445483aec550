import { AutoloopError, describeError } from '../../domain/error.ts';
import type { MachineEvent } from '../../domain/inspection.ts';
import { isRecord } from '../../stores/shape.ts';

/** A machine event as JSON can keep it: an actor that failed leaves an Error, of which JSON keeps nothing. */
export function keptEvent(event: MachineEvent): MachineEvent {
  return event['error'] instanceof Error
    ? { ...event, error: { [MARK]: describeError(event['error']) } }
    : event;
}

/** The event as the machine was told it. */
export function toldEvent(kept: MachineEvent): MachineEvent {
  const facts = errorFacts(kept['error']);
  return facts === null ? kept : { ...kept, error: new AutoloopError(facts) };
}

const MARK = '$error';

function errorFacts(kept: unknown): { code: number; message: string; fix?: string } | null {
  const facts: unknown = isRecord(kept) ? kept[MARK] : null;
  if (!isRecord(facts)) {
    return null;
  }
  const { code, message, fix } = facts;
  return {
    ...{ code: Number(code), message: String(message) },
    ...(typeof fix === 'string' && { fix }),
  };
}
