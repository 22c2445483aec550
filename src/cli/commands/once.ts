import type { RunCommand } from '../cli-context.ts';
import { playLoop } from '../play-loop.ts';

export const run: RunCommand = async (context, options) => {
  const end = await playLoop(context, options, { mode: 'once' });
  return end.exitCode;
};
