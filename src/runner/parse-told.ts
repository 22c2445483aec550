import type { ControlAnswer, LoopChange } from '../domain/control.ts';

/** A line from a runner's control socket; null where it is none that this version knows. */
export function parseTold(line: string): ControlAnswer | LoopChange | null {
  try {
    const told: unknown = JSON.parse(line);
    return isTold(told) ? told : null;
  } catch {
    return null;
  }
}

function isTold(told: unknown): told is ControlAnswer | LoopChange {
  if (!isObject(told)) {
    return false;
  }
  if ('kind' in told) {
    return told['kind'] === 'status' ? isObject(told['status']) : isObject(told['event']);
  }
  return told['ok'] === true ? isObject(told['status']) : typeof told['error'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
