import { loopSetup } from '../setup.ts';
import { resume } from './resume.ts';
import { breakOff } from './break-off.ts';
import { noteLowDisk } from './low-disk.ts';
import { attemptOf } from './work-input.ts';

const NOTHING_LEFT = {
  outcome: 'budget_exceeded',
  reason: 'the caps of the run leave nothing for a worker',
} as const;

/** The prompt of the next attempt. */
export const prompting = loopSetup.createStateConfig({
  description: 'Composes the prompt of the next attempt.',
  on: {
    'loop.stop': [
      {
        description: 'Stopped at once: the iteration ends without a worker.',
        guard: 'stopsNow',
        target: 'summarizing.settling',
        actions: [
          'noteStop',
          {
            type: 'skipWork',
            params: { skip: { outcome: 'killed', reason: 'stopped before a worker started' } },
          },
        ],
      },
      { description: 'The iteration may finish.', actions: 'noteStop' },
    ],
    'loop.restored': [
      {
        description: 'The new runner may start no worker, so the iteration ends as interrupted.',
        guard: 'startsNothing',
        target: 'summarizing.settling',
        actions: [
          ...resume,
          {
            type: 'skipWork',
            params: {
              skip: {
                outcome: 'interrupted',
                reason: 'its runner died before a worker started',
              },
            },
          },
        ],
      },
      {
        description: 'Settings of this start leave nothing for a worker.',
        guard: 'leavesNothingForIt',
        target: 'summarizing.settling',
        actions: [...resume, { type: 'skipWork', params: { skip: NOTHING_LEFT } }],
      },
      { description: 'The prompt is composed anew.', actions: [...resume] },
    ],
    'disk.low': {
      description: 'The disk has no room for a worker.',
      target: 'summarizing.settling',
      actions: [
        noteLowDisk,
        {
          type: 'skipWork',
          params: {
            skip: { outcome: 'resource_exceeded', reason: 'the disk has no room for a worker' },
          },
        },
      ],
    },
    'cap.reached': {
      description: 'The run has no time left for a worker.',
      target: 'summarizing.settling',
      actions: [
        'noteCap',
        {
          type: 'skipWork',
          params: {
            skip: { outcome: 'budget_exceeded', reason: 'the run has no time for a worker' },
          },
        },
      ],
    },
  },
  invoke: {
    id: 'composePrompt',
    src: 'composePrompt',
    input: ({ context }) => attemptOf(context),
    onDone: [
      {
        description: 'No worker can start for this iteration.',
        guard: { type: 'startsNoWorker', params: ({ event }) => event.output },
        target: 'summarizing.settling',
        actions: { type: 'skipWork', params: ({ event }) => event.output },
      },
      {
        description: 'The prompt is there.',
        target: 'running',
        actions: { type: 'noteWorkspace', params: ({ event }) => event.output },
      },
    ],
    onError: breakOff,
  },
});
