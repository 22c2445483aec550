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

/** How many milliseconds from now to look again; 0 or less: it has passed. */
type Look = () => number;

/** Longest wait between two looks at the wall clock, which moves on while the machine is suspended. */
const LONGEST_STEP_MS = 10_000;
/** Longest delay at which a held clock is seen to have been let go. */
const HELD_STEP_MS = 1_000;

function wait(look: Look, passed: () => void): () => void {
  let timer: NodeJS.Timeout;
  const step = (): void => {
    const leftMs = look();
    if (leftMs <= 0) {
      passed();
    } else {
      timer = setTimeout(step, Math.min(Math.ceil(leftMs), LONGEST_STEP_MS));
    }
  };
  timer = setTimeout(step, 0);
  return () => clearTimeout(timer);
}

/** A wall clock that was set back does not lengthen it. */
function untilWallClock(untilEpochMs: number): Look {
  const left = untilMonotonic(untilEpochMs - Date.now());
  return () => Math.min(left(), untilEpochMs - Date.now());
}

function untilIdle(afterMs: number, idle: IdleClock): Look {
  const heldStepMs = Math.min(HELD_STEP_MS, afterMs / 10);
  return () => {
    const leftMs = afterMs - idle.idleMs;
    return idle.isHeld ? Math.max(leftMs, heldStepMs) : leftMs;
  };
}

function untilMonotonic(afterMs: number): Look {
  const until = monotonicMs() + afterMs;
  return () => until - monotonicMs();
}
