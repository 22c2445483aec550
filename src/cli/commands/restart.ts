import { preflight } from '../../runner/preflight.ts';
import { prepareLoop } from '../../runner/prepare-loop.ts';
import type { RunCommand } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { stopLoop } from '../stop-loop.ts';
import { startLoop } from './start.ts';

/** What could not be started again is not stopped. */
export const run: RunCommand = async (context, options) => {
  const force = options['force'] === true;
  const { timeout: _, ...stopOptions } = options;
  await preflight(await prepareLoop(loopRequest(context, options)));
  const stopped = await stopLoop(context, stopOptions, { force });
  return stopped === 0 ? startLoop(context, options, []) : stopped;
};
