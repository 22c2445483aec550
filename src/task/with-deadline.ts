import type { Clock } from '../ports/clock.ts';

export interface Deadline {
  readonly timeoutMs: number;
  /** Whoever waits may give up earlier. */
  readonly signal?: AbortSignal;
  readonly clock: Pick<Clock, 'startTimer'>;
}

export type Ended =
  | { readonly how: 'returned'; readonly value: unknown }
  | { readonly how: 'threw'; readonly error: unknown }
  | { readonly how: 'given up'; readonly problem: string };

export const systemTimer: Pick<Clock, 'startTimer'> = {
  startTimer: (delayMs, fire) => {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};

const STOPPING = 'was given up: the loop is stopping';

/** Awaits foreign code, but no longer than it may take; aborts the signal it was given when it gives up. Never throws. */
export async function withDeadline(
  run: (signal: AbortSignal) => Promise<unknown>,
  deadline: Deadline,
): Promise<Ended> {
  const { signal: outer, clock, timeoutMs } = deadline;
  if (outer?.aborted) {
    return { how: 'given up', problem: STOPPING };
  }
  const inner = new AbortController();
  const { promise: givenUp, resolve } = Promise.withResolvers<Ended>();
  const giveUp = (problem: string) => {
    inner.abort(new Error(problem));
    resolve({ how: 'given up', problem });
  };
  const stopped = () => giveUp(STOPPING);
  const cancel = clock.startTimer(timeoutMs, () =>
    giveUp(`did not finish within ${timeoutMs / 1000} s`),
  );
  outer?.addEventListener('abort', stopped, { once: true });
  const ended = await Promise.race([givenUp, settle(run, inner.signal)]);
  cancel();
  outer?.removeEventListener('abort', stopped);
  return ended;
}

async function settle(
  run: (signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): Promise<Ended> {
  try {
    return { how: 'returned', value: await run(signal) };
  } catch (error) {
    return { how: 'threw', error };
  }
}
