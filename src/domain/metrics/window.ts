import { isSuccess, type Outcome } from '../outcome.ts';

/** What trends are seen in: the last iterations, oldest first, at most 50. */
export type Window = readonly WindowEntry[];

export interface WindowEntry {
  readonly outcome: Outcome;
  /** Seconds. */
  readonly duration: number;
  readonly cost: number | null;
  /** Whether a worker was started at all. */
  readonly worked: boolean;
  /** Whether its work changed something that stands; null: not known. */
  readonly changed: boolean | null;
}

export function rememberIteration(window: Window, entry: WindowEntry): Window {
  return [...window, entry].slice(-LENGTH);
}

/** The last `count` entries. */
export function recentOf(window: Window, count: number): Window {
  return window.slice(-count);
}

/** What was before the last `count` entries. */
export function earlierOf(window: Window, count: number): Window {
  return window.slice(0, Math.max(0, window.length - count));
}

/** Share of them that succeeded, 0 to 1; null: there is none. */
export function successRate(window: Window): number | null {
  return shareOf(window.map(({ outcome }) => isSuccess(outcome)));
}

/** Mean seconds of those that had a worker; null: none had. */
export function meanDuration(window: Window): number | null {
  const worked = window.filter((entry) => entry.worked);
  return worked.length === 0 ? null : sumOf(worked.map(({ duration }) => duration)) / worked.length;
}

/** What they cost in all per success; null: no cost is known, or none succeeded. */
export function costPerSuccess(window: Window): number | null {
  const costs = window.flatMap(({ cost }) => cost ?? []);
  const successes = window.filter(({ outcome }) => isSuccess(outcome)).length;
  return costs.length === 0 || successes === 0 ? null : sumOf(costs) / successes;
}

/** Share that ended because time ran out; null: there is none. */
export function timeoutRate(window: Window): number | null {
  return shareOf(window.map(({ outcome }) => isTimeout(outcome)));
}

/** Share of those of which it is known that changed something which stands; null: of none it is known. */
export function changeRate(window: Window): number | null {
  return shareOf(window.flatMap(({ changed }) => changed ?? []));
}

export function isTimeout(outcome: Outcome): boolean {
  return outcome === 'timed_out' || outcome === 'idle_timed_out';
}

const LENGTH = 50;

function shareOf(answers: readonly boolean[]): number | null {
  return answers.length === 0 ? null : answers.filter(Boolean).length / answers.length;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
