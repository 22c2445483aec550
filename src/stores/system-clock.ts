import type { Clock } from '../ports/clock.ts';
import { monotonicMs } from './monotonic.ts';

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  /**
   * Fires when the delay has passed by the wall clock, time the machine slept included, or by the steady one, so
   * that a clock set back makes no wait longer.
   */
  startTimer(delayMs: number, fire: () => void): () => void {
    const wallEndMs = Date.now() + delayMs;
    const steadyEndMs = monotonicMs() + delayMs;
    const look = (): void => {
      const leftMs = Math.min(wallEndMs - Date.now(), steadyEndMs - monotonicMs());
      if (leftMs <= 0) {
        fire();
      } else {
        timer = setTimeout(look, Math.min(Math.ceil(leftMs), LONGEST_MS));
      }
    };
    let timer = setTimeout(look, Math.min(Math.max(0, delayMs), LONGEST_MS));
    return () => clearTimeout(timer);
  }
}

/** Timers stand still while the machine sleeps, and break above 2^31 ms: look at the clock again each minute. */
const LONGEST_MS = 60_000;
