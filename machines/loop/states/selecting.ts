import { capOf } from '../caps.ts';
import { loopSetup } from '../setup.ts';
import { resume } from './resume.ts';
import { breakOff } from './break-off.ts';
import { noteLowDisk, noteShortage, shortageIn } from './low-disk.ts';

/** May a worker start, and what is it to work on? */
export const selecting = loopSetup.createStateConfig({
  description: 'May a worker start, and what is it to work on?',
  initial: 'gating',
  on: {
    'loop.stop': [
      {
        guard: 'isOpen',
        target: 'summarizing.digesting',
        actions: ['noteStop', { type: 'settleOutcome', params: { fallback: 'interrupted' } }],
      },
      {
        target: 'stopping',
        actions: ['noteStop', 'endByRequest'],
      },
    ],
    'loop.restored': [
      {
        guard: 'hasNoIterationsByNewPolicy',
        target: 'stopping',
        actions: [...resume, 'endByIterations'],
      },
      {
        guard: 'wasCappedByNewPolicy',
        target: 'stopping',
        actions: [...resume, 'endByCap'],
      },
      { actions: [...resume] },
    ],
    'disk.low': [
      {
        guard: 'isOpen',
        target: 'summarizing.digesting',
        actions: [
          noteLowDisk,
          { type: 'settleOutcome', params: { fallback: 'resource_exceeded' } },
        ],
      },
      {
        target: 'stopping',
        actions: [noteLowDisk, 'endByLowDisk'],
      },
    ],
    'cap.reached': [
      {
        guard: 'isOpen',
        target: 'summarizing.digesting',
        actions: ['noteCap', { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } }],
      },
      {
        target: 'stopping',
        actions: ['noteCap', 'endByCap'],
      },
    ],
  },
  states: {
    gating: {
      description: 'Checks what could be in the way of a new worker.',
      invoke: {
        id: 'checkGates',
        src: 'checkGates',
        input: ({ context }) => ({
          iteration: context.open ? context.iteration : null,
          looks: context.closedGate?.looks ?? 0,
          skips: context.skipsGates,
        }),
        onDone: [
          {
            guard: ({ context, event }) =>
              context.open !== null && shortageIn(context, event.output),
            target: '#loop.summarizing.digesting',
            actions: [
              noteShortage,
              { type: 'settleOutcome', params: { fallback: 'resource_exceeded' } },
            ],
          },
          {
            guard: ({ context, event }) => shortageIn(context, event.output),
            target: '#loop.stopping',
            actions: [noteShortage, 'endByLowDisk'],
          },
          {
            description: 'Settings of a later start leave nothing for another attempt.',
            guard: ({ context }) => context.open !== null && capOf(context, context) !== null,
            target: '#loop.summarizing.digesting',
            actions: { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } },
          },
          {
            guard: 'isPaused',
            target: '#loop.waiting.paused',
            actions: ['passGates', { type: 'waitForNothing', params: ({ event }) => event.output }],
          },
          {
            guard: ({ event }) => !event.output.open,
            target: '#loop.waiting.gate',
            actions: {
              type: 'waitForGate',
              params: ({ event }) => ({ verdict: event.output }),
            },
          },
          {
            guard: 'isOpen',
            target: '#loop.prompting',
            actions: ['passGates', { type: 'beginAttempt', params: ({ event }) => event.output }],
          },
          { target: 'choosing', actions: 'passGates' },
        ],
        onError: breakOff,
      },
    },
    choosing: {
      description: 'Orders the candidates; the best becomes the target.',
      invoke: {
        id: 'selectTarget',
        src: 'selectTarget',
        input: ({ context }) => ({ iteration: context.iteration + 1 }),
        onDone: [
          {
            guard: ({ event }) => event.output.skip !== null,
            target: '#loop.summarizing',
            actions: [
              {
                type: 'beginIteration',
                params: ({ event }) => ({ selection: event.output }),
              },
              { type: 'skipWork', params: ({ event }) => event.output },
            ],
          },
          {
            target: '#loop.prompting',
            actions: [
              {
                type: 'beginIteration',
                params: ({ event }) => ({ selection: event.output }),
              },
              { type: 'beginAttempt', params: ({ event }) => event.output },
            ],
          },
        ],
        onError: {
          target: '#loop.stopping',
          actions: { type: 'endByError', params: ({ event }) => event },
        },
      },
    },
  },
});
