import type { RecordedEvent } from '../event.ts';
import type { IterationFacts } from '../summary/summary.ts';
import { NOTHING_FOUND } from './findings.ts';
import type { OpenFacts } from './metrics-state.ts';

/** Of an iteration, with what its attempts took. */
export type EndedFacts = IterationFacts &
  Pick<OpenFacts, 'cpuSeconds' | 'workerSeconds' | 'peakMemoryMb'>;

/** An ended iteration's facts; what older versions did not tell is not known. `known`: what earlier events told of it. null: it is none. */
export function endedIteration(
  known: OpenFacts | null,
  event: RecordedEvent<'iteration_end'>,
): EndedFacts | null {
  const { iteration, details, timestamp, duration } = event;
  if (iteration === null) {
    return null;
  }
  const open = known?.iteration === iteration ? known : null;
  const told = { ...NOTHING_FOUND, ...details };
  const endedAtEpochMs = Date.parse(timestamp);
  return {
    ...{ iteration, target: details.target, outcome: details.outcome },
    ...{ reason: open?.reason ?? null, endedAtEpochMs },
    startedAtEpochMs:
      duration === null
        ? Date.parse(open?.startedAt ?? timestamp)
        : endedAtEpochMs - duration * 1000,
    costUsd: details.cost_usd ?? null,
    tokensIn: details.tokens?.in ?? null,
    tokensOut: details.tokens?.out ?? null,
    ...{ validation: details.validation ?? null, takenBack: open?.takenBack ?? false },
    ...{ said: told.said, summary: told.summary, measures: told.measures, drifted: told.drifted },
    ...{ worked: open?.worked ?? false, changes: details.changes ?? null },
    cpuSeconds: open?.cpuSeconds ?? null,
    workerSeconds: open?.workerSeconds ?? 0,
    peakMemoryMb: open?.peakMemoryMb ?? null,
  };
}
