import type { EventName, RecordedEvent } from '../event.ts';
import { addCost } from '../tokens.ts';
import type { OpenFacts } from './metrics-state.ts';

/** What is known of the open iteration with one event more; null: none is open. */
export function foldOpen(open: OpenFacts | null, event: RecordedEvent): OpenFacts | null {
  if (isNamed(event, 'iteration_start')) {
    return event.iteration === null ? open : begun(event.iteration, event.timestamp);
  }
  if (open === null || event.iteration !== open.iteration) {
    return open;
  }
  if (isNamed(event, 'worker_end')) {
    return withAttempt(open, event);
  }
  if (isNamed(event, 'iteration_skip')) {
    return { ...open, reason: open.reason ?? event.details.reason };
  }
  return event.event === 'rollback' ? { ...open, takenBack: true } : open;
}

export function isNamed<Name extends EventName>(
  event: RecordedEvent,
  name: Name,
): event is RecordedEvent<Name> {
  return event.event === name;
}

function begun(iteration: number, startedAt: string): OpenFacts {
  return {
    ...{ iteration, startedAt, reason: null, worked: false, takenBack: false },
    ...{ cpuSeconds: null, workerSeconds: 0, peakMemoryMb: null },
  };
}

/** What older versions did not tell is not known. */
function withAttempt(open: OpenFacts, event: RecordedEvent<'worker_end'>): OpenFacts {
  const { usage } = event.details;
  const peak = usage?.peak_memory_mb ?? null;
  return {
    ...open,
    worked: true,
    reason: usage?.reason ?? open.reason,
    cpuSeconds: addCost(open.cpuSeconds, usage?.cpu_seconds ?? null),
    workerSeconds: open.workerSeconds + (event.duration ?? 0),
    peakMemoryMb: peak === null ? open.peakMemoryMb : Math.max(open.peakMemoryMb ?? 0, peak),
  };
}
