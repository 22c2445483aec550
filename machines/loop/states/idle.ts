import { loopSetup } from '../setup.ts';
import { resume } from './resume.ts';

/** Before anything has begun; a restored run finds its place from here. */
export const idle = loopSetup.createStateConfig({
  description: 'Nothing has begun.',
  on: {
    'loop.start': {
      description: 'A new run begins.',
      target: 'selecting',
      actions: 'start',
    },
    'loop.stop': {
      description: 'Stopped before anything had begun.',
      target: 'stopping',
      actions: ['noteStop', 'endByRequest'],
    },
    'loop.restored': [
      {
        description: 'The run was ending already.',
        guard: 'isEnding',
        target: 'stopping',
        actions: [...resume],
      },
      {
        description: 'A worker may still live: it is adopted, or its result collected.',
        guard: 'hasAttemptInFlight',
        target: 'running',
        actions: [...resume],
      },
      {
        description: 'The wait it was in goes on.',
        guard: 'hasWait',
        target: 'waiting',
        actions: [...resume],
      },
      {
        description: 'The worker had ended, and what came of it was not summarized.',
        guard: 'hasAttemptEnded',
        target: 'summarizing',
        actions: [...resume],
      },
      {
        description: 'Nothing was under way.',
        target: 'selecting',
        actions: [...resume],
      },
    ],
  },
});
