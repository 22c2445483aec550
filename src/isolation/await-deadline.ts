import type { Deadline } from '../../machines/attempt/events.ts';
import type { IdleClock } from './idle-clock.ts';
import { monotonicMs } from '../stores/monotonic.ts';

/** Calls `passed` once the deadline has passed; returns its cancel. */
export function awaitDeadline(deadline: Deadline, passed: () => void, idle: IdleClock): () => void {
  switch (deadline.kind) {
    case 'total':
      return wait(untilWallClock(deadline.untilEpochMs), passed);
    case 'idle':
      return deadline.afterMs === 0 ? () => {} : wait(untilIdle(deadline.afterMs, idle), passed);
    default:
      return wait(untilMonotonic(deadline.afterMs), passed);
  }
}

/** How many milliseconds from now to look again; 0 or less: it has passed. `lateMs`: after the moment it asked for. */
type Look = (lateMs: number) => number;

/** Longest wait between two looks at the wall clock, which moves on while the machine is suspended. */
const LONGEST_STEP_MS = 5_000;
/** Longest delay at which a held clock is seen to have been let go. */
const HELD_STEP_MS = 1_000;
/** So late is no process that runs, however loaded the machine is. */
const PAUSED_MS = 2_000;

function wait(look: Look, passed: () => void): () => void {
  let timer: NodeJS.Timeout;
  const stepIn = (ms: number): void => {
    const dueMs = monotonicMs() + ms;
    timer = setTimeout(() => step(monotonicMs() - dueMs), ms);
  };
  const step = (lateMs: number): void => {
    const leftMs = look(lateMs);
    if (leftMs <= 0) {
      passed();
    } else {
      stepIn(Math.min(Math.ceil(leftMs), LONGEST_STEP_MS));
    }
  };
  stepIn(0);
  return () => clearTimeout(timer);
}

/** A wall clock that was set back does not lengthen it. */
function untilWallClock(untilEpochMs: number): Look {
  const left = untilMonotonic(untilEpochMs - Date.now());
  return () => Math.min(left(), untilEpochMs - Date.now());
}

/** Small steps: while it was paused, this process counts one of them at most. */
function untilIdle(afterMs: number, idle: IdleClock): Look {
  const stepMs = afterMs / 10;
  return (lateMs) => {
    if (lateMs > PAUSED_MS) {
      idle.forgive(lateMs);
    }
    const leftMs = afterMs - idle.idleMs;
    return idle.isHeld
      ? Math.max(leftMs, Math.min(HELD_STEP_MS, stepMs))
      : Math.min(leftMs, stepMs);
  };
}

function untilMonotonic(afterMs: number): () => number {
  const until = monotonicMs() + afterMs;
  return () => until - monotonicMs();
}
