import { loopSetup } from '../setup.ts';
import { resume } from './resume.ts';

/** Before anything has begun; a restored run finds its place from here. */
export const idle = loopSetup.createStateConfig({
  description: 'Nothing has begun.',
  on: {
    'loop.start': {
      target: 'selecting',
      actions: 'start',
    },
    'loop.stop': {
      target: 'stopping',
      actions: ['noteStop', 'endByRequest'],
    },
    'loop.restored': [
      { guard: 'isEnding', target: 'stopping', actions: [...resume] },
      {
        guard: 'hasAttemptInFlight',
        target: 'running',
        actions: [...resume],
      },
      {
        guard: 'hasWait',
        target: 'waiting',
        actions: [...resume],
      },
      {
        guard: 'hasAttemptEnded',
        target: 'summarizing',
        actions: [...resume],
      },
      { target: 'selecting', actions: [...resume] },
    ],
  },
});
