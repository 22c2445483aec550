import type { WaitEnd } from '../../../src/domain/event.ts';

/** The wait at hand is recorded as over, counted, and forgotten. */
export function endWait(how: WaitEnd) {
  return [{ type: 'recordWaitEnd', params: { how } }, 'countLimitWait', 'forgetWait'] as const;
}
