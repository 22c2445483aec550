import { setTimeout as sleep } from 'node:timers/promises';
import type { CliContext } from '../cli-context.ts';

const EVERY_MS = 1_000;

/** Shows it again each second, in place on a terminal, until it is interrupted. */
export async function watchStatus(
  context: CliContext,
  show: () => Promise<number>,
): Promise<never> {
  const isInPlace = context.terminal.isInteractive && !context.globals.json;
  for (;;) {
    if (isInPlace) {
      context.terminal.write('\u001b[H\u001b[2J\u001b[3J');
    }
    await show();
    await sleep(EVERY_MS);
  }
}
