import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../../domain/error.ts';

const EVERY_MS = 1_000;

/** Does it once a second until a signal comes; resolves with the exit code. Ctrl-C is how one leaves. */
export async function untilInterrupted(
  work: () => Promise<void>,
  leave: AbortController = new AbortController(),
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const end = (code: number) => () => {
    exitCode = code;
    leave.abort();
  };
  const handlers = SIGNALS.map(([signal, code]) => ({ signal, handler: end(code) }));
  handlers.forEach(({ signal, handler }) => process.on(signal, handler));
  try {
    while (!leave.signal.aborted) {
      await work();
      await sleep(EVERY_MS, undefined, { signal: leave.signal }).catch(() => {});
    }
    return exitCode;
  } finally {
    handlers.forEach(({ signal, handler }) => process.off(signal, handler));
  }
}

const SIGNALS = [
  ['SIGINT', EXIT.ok],
  ['SIGTERM', EXIT.terminated],
  ['SIGHUP', EXIT.hangup],
] as const;
