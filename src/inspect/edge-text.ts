import type { Edge } from './edges.ts';

/** `✓ actor` is an actor that is done, `✗ actor` one that failed. */
export function eventText({ event }: Edge): string {
  return event.replace(/^done\./, '✓ ').replace(/^error\./, '✗ ');
}

/** `else`: no guard before it held; null: there is nothing that could hinder it. */
export function conditionText({ guard, isElse }: Edge): string | null {
  return guard ?? (isElse ? 'else' : null);
}
