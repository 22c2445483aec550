import { readStatus } from '../../runner/read-status.ts';
import type { RunCommand } from '../cli-context.ts';
import { loopPlace } from '../status/loop-place.ts';
import { steerLoop } from '../steer-loop.ts';
import { startLoop } from './start.ts';

/** A living loop goes on after its pause; an unfinished run without a runner is started as `start` does. */
export const run: RunCommand = async (context, options) => {
  const { status } = await readStatus(loopPlace(context));
  if (status.running || !status.stale) {
    return steerLoop(context, options, {
      request: { command: 'resume' },
      done: () => 'It goes on.',
    });
  }
  return startLoop(context, options, ['--unpause']);
};
