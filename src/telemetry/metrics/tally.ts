import type { EventDetails, RecordedEvent } from '../../domain/event.ts';
import { isSuccess } from '../../domain/outcome.ts';
import { isNamed } from '../is-named.ts';
import type { Tally } from './metrics-moment.ts';

export const NOTHING_TALLIED: Tally = {
  seq: 0,
  lastEventAt: null,
  workerCpuSeconds: null,
  workerPeakBytes: null,
  lastSuccessAt: null,
  load: null,
  freeDiskBytes: null,
};

export function tallyEvent(before: Tally, event: RecordedEvent): Tally {
  const at = Date.parse(event.timestamp);
  const tally = { ...before, seq: event.seq, lastEventAt: at };
  if (isNamed(event, 'worker_end')) {
    return { ...tally, ...workerUse(before, event.details.usage) };
  }
  if (isNamed(event, 'iteration_end')) {
    const { outcome, resources } = event.details;
    return {
      ...tally,
      lastSuccessAt: isSuccess(outcome) ? at : before.lastSuccessAt,
      load: resources.load,
      freeDiskBytes: mebibytes(resources.free_disk_mb),
    };
  }
  return tally;
}

function workerUse(before: Tally, usage: EventDetails['worker_end']['usage']): Partial<Tally> {
  const { cpu_seconds: cpu, peak_memory_mb: peak } = usage;
  return {
    workerCpuSeconds: cpu === null ? before.workerCpuSeconds : (before.workerCpuSeconds ?? 0) + cpu,
    workerPeakBytes: bytes(peak),
  };
}

function bytes(mb: number | null): number | null {
  return mb === null ? null : Math.round(mb * 1e6);
}

function mebibytes(mb: number | null): number | null {
  return mb === null ? null : mb * 2 ** 20;
}
