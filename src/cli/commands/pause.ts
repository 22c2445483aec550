import type { RunCommand } from '../cli-context.ts';
import { steerLoop } from '../steer-loop.ts';

export const run: RunCommand = (context, options) =>
  steerLoop(context, options, {
    request: { command: 'pause' },
    done: (status, command) =>
      status.worker
        ? `Paused: what runs is finished first, then it waits. Go on: ${command('resume')}`
        : `Paused. Go on: ${command('resume')}`,
  });
