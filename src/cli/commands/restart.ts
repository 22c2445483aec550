import type { RunCommand } from '../cli-context.ts';
import { stopLoop } from '../stop-loop.ts';
import { startLoop } from './start.ts';

export const run: RunCommand = async (context, options) => {
  const force = options['force'] === true;
  const { timeout: _, ...stopOptions } = options;
  const stopped = await stopLoop(context, stopOptions, { force });
  return stopped === 0 ? startLoop(context, options, []) : stopped;
};
