import type { EventName } from './event.ts';

/** One that is missing, or that there is not, does not compile. */
const NAMES: Readonly<Record<EventName, true>> = {
  ...{ loop_start: true, loop_resume: true, loop_end: true },
  ...{ iteration_start: true, iteration_end: true, iteration_skip: true },
  ...{ worker_start: true, worker_adopt: true, worker_end: true, retry: true },
  ...{ wait_start: true, wait_end: true, signal: true, control: true, gate: true },
  ...{ breaker: true, validation: true, checkpoint: true, rollback: true },
  ...{ summary_generated: true, rotate: true, anomaly: true, warning: true, error: true },
};

/** Of every event there is, in the order of the documentation. */
export const EVENT_NAMES: readonly string[] = Object.keys(NAMES);
