import type { RunCommand } from '../cli-context.ts';
import { steerLoop } from '../steer-loop.ts';

export const run: RunCommand = (context, options) =>
  steerLoop(context, options, {
    request: { command: 'pause' },
    done: (status) =>
      status.worker
        ? 'Paused: what runs is finished first, then it waits. Go on: autoloop resume'
        : 'Paused. Go on: autoloop resume',
  });
