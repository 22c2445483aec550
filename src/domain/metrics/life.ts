import type { RecordedEvent } from '../event.ts';

/** How long runners of the loop lived, and how they went. */
export interface Life {
  /** Since when the runner lives that wrote last, ISO-8601 UTC; null: it has ended. */
  readonly since: string | null;
  /** Seconds that the last runner has lived, as far as its events tell. */
  readonly seconds: number;
  /** Whether a runner's beginning was seen at all. */
  readonly everLived: boolean;
  /** How often an unfinished run was gone on with after its runner had died or been left. */
  readonly restarts: number;
  /** Moments of the last restarts, at most 20. */
  readonly restartedAt: readonly string[];
  /** Of this runner: its memory when it was first and last looked at. MB, and seconds of its life. */
  readonly memory: { readonly first: MemorySample; readonly last: MemorySample } | null;
}

export interface MemorySample {
  readonly mb: number;
  readonly seconds: number;
}

export const NO_LIFE: Life = {
  ...{ since: null, seconds: 0, everLived: false, restarts: 0, restartedAt: [], memory: null },
};

/** A clock that jumps back makes no life shorter. */
export function foldLife(before: Life, event: RecordedEvent): Life {
  const { timestamp } = event;
  if (event.event === 'loop_start') {
    return { ...before, since: timestamp, seconds: 0, everLived: true, memory: null };
  }
  if (event.event === 'loop_resume') {
    return {
      ...{ since: timestamp, seconds: 0, everLived: true, memory: null },
      restarts: before.restarts + 1,
      restartedAt: [...before.restartedAt, timestamp].slice(-MOST_RESTARTS),
    };
  }
  const lived =
    before.since === null ? 0 : (Date.parse(timestamp) - Date.parse(before.since)) / 1000;
  const seconds = Math.max(before.seconds, lived);
  return { ...before, seconds, since: event.event === 'loop_end' ? null : before.since };
}

export function rememberMemory(life: Life, mb: number | null): Life {
  if (mb === null) {
    return life;
  }
  const last = { mb, seconds: life.seconds };
  return { ...life, memory: { first: life.memory?.first ?? last, last } };
}

/** MB per hour that the runner's memory has grown since it was first looked at; null: in less than an hour nothing is told. */
export function memoryGrowth({ memory }: Life): number | null {
  const hours = memory === null ? 0 : (memory.last.seconds - memory.first.seconds) / 3600;
  return memory === null || hours < 1 ? null : (memory.last.mb - memory.first.mb) / hours;
}

/** Of the last 24 hours before `now`. */
export function restartsPerDay({ restartedAt }: Life, now: string): number {
  const dayAgo = Date.parse(now) - DAY_MS;
  return restartedAt.filter((at) => Date.parse(at) > dayAgo).length;
}

const DAY_MS = 86_400_000;
const MOST_RESTARTS = 20;
