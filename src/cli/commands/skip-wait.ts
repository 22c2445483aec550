import { readStatus } from '../../runner/read-status.ts';
import type { RunCommand } from '../cli-context.ts';
import { loopPlace } from '../status/loop-place.ts';
import { stateWords } from '../status/state-words.ts';
import { steerLoop } from '../steer-loop.ts';

export const run: RunCommand = async (context, options) => {
  const before = await readStatus(loopPlace(context));
  const waited = before.status.wait !== null || before.status.state.startsWith('waiting');
  return steerLoop(context, options, {
    request: { command: 'skip-wait' },
    done: (status) => {
      if (!waited) {
        return `There is no wait to skip: the loop ${stateWords(before)}.`;
      }
      return status.paused ? 'The wait is over; the loop is still paused.' : 'The wait is over.';
    },
  });
};
