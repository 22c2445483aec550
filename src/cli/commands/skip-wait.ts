import type { RunCommand } from '../cli-context.ts';
import { steerLoop } from '../steer-loop.ts';

export const run: RunCommand = (context, options) =>
  steerLoop(context, options, {
    request: { command: 'skip-wait' },
    done: (status) =>
      status.paused ? 'The wait is over; the loop is still paused.' : 'The wait is over.',
  });
