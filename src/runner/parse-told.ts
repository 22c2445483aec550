import type { ControlAnswer, LoopChange } from '../domain/control.ts';
import type { InspectionBatch } from '../domain/inspection.ts';
import { isRecord, isShallow, isString, listOf } from '../stores/shape.ts';

export type Told = ControlAnswer | LoopChange | InspectionBatch;

/** A line from a runner's control socket; null where it is none that this version knows. */
export function parseTold(line: string): Told | null {
  try {
    const told: unknown = JSON.parse(line);
    return isTold(told) && isShallow(told) ? told : null;
  } catch {
    return null;
  }
}

function isTold(told: unknown): told is Told {
  if (!isObject(told)) {
    return false;
  }
  switch (told['kind']) {
    case undefined:
      return isAnswer(told);
    case 'status':
      return isObject(told['status']);
    case 'event':
      return isObject(told['event']);
    case 'inspection':
      return isBatch(told);
    default:
      return false;
  }
}

function isBatch({ status, machine, actors, news, events }: Fields): boolean {
  return (
    isRecord(status) &&
    isRecord(machine) &&
    listOf(isString)(machine['active']) &&
    [actors, news, events].every(listOf(isRecord))
  );
}

function isAnswer(told: Fields): boolean {
  return told['ok'] === true ? isObject(told['status']) : typeof told['error'] === 'string';
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
