import { isOfTask } from './resolve-autoloop.ts';

/**
 * Whether an error that nobody caught is a task's: made by its code, and thrown in a timer or a promise that no hook
 * waited for. What a hook throws itself is caught, so nothing of autoloop was interrupted, and the loop can go on.
 */
export function isStrayOfTask(error: unknown): boolean {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = [
    ...stack.matchAll(/^ +at (?:.*\()?((?:file|node):\S+?|\/\S+?):\d+(?::\d+)?\)?$/gm),
  ];
  const first = places.map(([, place = '']) => place).find((place) => !place.startsWith('node:'));
  return first !== undefined && isOfTask(first);
}
