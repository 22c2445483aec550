import { isSuccess, isOutcome } from '../../domain/outcome.ts';
import type { HistoryWindow } from './history-window.ts';
import { iterationEnds } from './iteration-ends.ts';
import { rounded } from './percentiles.ts';

export type PeriodName = 'hour' | 'day';

interface Counted {
  readonly count: number;
  readonly ok: number;
  readonly timeout: number;
  /** Seconds, null: none of them told one. */
  readonly avg_duration: number | null;
}

export type Period = Counted & ({ readonly hour: string } | { readonly day: string });

/** Iterations ended per hour (`2026-11-23T13`) or day (`2026-11-23`), UTC, oldest first; empty periods are left out. */
export function periods(
  path: string,
  { name, window }: { readonly name: PeriodName; readonly window: HistoryWindow },
): Period[] {
  const tallies = new Map<string, Tally>();
  for (const end of iterationEnds(path, window)) {
    const key = end.timestamp.slice(0, name === 'hour' ? 13 : 10);
    const tally = tallies.get(key) ?? { count: 0, ok: 0, timeout: 0, measured: 0, seconds: 0 };
    const { outcome } = end;
    tally.count += 1;
    tally.ok += isOutcome(outcome) && isSuccess(outcome) ? 1 : 0;
    tally.timeout += ['timed_out', 'idle_timed_out'].includes(outcome) ? 1 : 0;
    tally.measured += end.duration === null ? 0 : 1;
    tally.seconds += end.duration ?? 0;
    tallies.set(key, tally);
  }
  return [...tallies]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, tally]) => ({ ...named(name, key), ...figures(tally) }));
}

interface Tally {
  count: number;
  ok: number;
  timeout: number;
  measured: number;
  seconds: number;
}

function named(name: PeriodName, key: string): { hour: string } | { day: string } {
  return name === 'hour' ? { hour: key } : { day: key };
}

function figures({ count, ok, timeout, measured, seconds }: Tally): Counted {
  const average = measured === 0 ? null : rounded(seconds / measured);
  return { count, ok, timeout, avg_duration: average };
}
