import type { RunCommand } from '../cli-context.ts';
import { stopLoop } from '../stop-loop.ts';

export const run: RunCommand = (context, options) => stopLoop(context, options, { force: true });
