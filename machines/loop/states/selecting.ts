import type { GateVerdict } from '../../../src/domain/loop-work.ts';
import { loopSetup } from '../setup.ts';
import { resume } from './resume.ts';
import { breakOff } from './break-off.ts';
import { noteLowDisk, noteShortage } from './low-disk.ts';

/** May a worker start, and what is it to work on? */
export const selecting = loopSetup.createStateConfig({
  description: 'May a worker start, and what is it to work on?',
  initial: 'gating',
  on: {
    'loop.stop': [
      {
        description: 'The open iteration ends with what is known of it.',
        guard: 'isOpen',
        target: 'summarizing.settling',
        actions: ['noteStop', { type: 'settleOutcome', params: { fallback: 'interrupted' } }],
      },
      {
        description: 'No iteration is open, so the run ends.',
        target: 'stopping',
        actions: ['noteStop', 'endByRequest'],
      },
    ],
    'loop.restored': [
      {
        description: 'As many iterations as this start allows are done.',
        guard: 'hasNoIterationsByNewPolicy',
        target: 'stopping',
        actions: [...resume, 'endByIterations'],
      },
      {
        description: 'What this start allows to the run is used up.',
        guard: 'wasCappedByNewPolicy',
        target: 'stopping',
        actions: [...resume, 'endByCap'],
      },
      { description: 'Gates and target are looked at anew.', actions: [...resume] },
    ],
    'disk.low': [
      {
        description: 'The disk has no room for another attempt.',
        guard: 'isOpen',
        target: 'summarizing.settling',
        actions: [
          noteLowDisk,
          { type: 'settleOutcome', params: { fallback: 'resource_exceeded' } },
        ],
      },
      {
        description: 'The disk has no room for an iteration.',
        target: 'stopping',
        actions: [noteLowDisk, 'endByLowDisk'],
      },
    ],
    'cap.reached': [
      {
        description: 'The run has no time left for another attempt.',
        guard: 'isOpen',
        target: 'summarizing.settling',
        actions: ['noteCap', { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } }],
      },
      {
        description: 'The run has no time left for an iteration.',
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
            description: 'The disk has no room for another attempt.',
            guard: { type: 'isOpenWithoutRoom', params: verdictOf },
            target: '#loop.summarizing.settling',
            actions: [
              noteShortage,
              { type: 'settleOutcome', params: { fallback: 'resource_exceeded' } },
            ],
          },
          {
            description: 'The disk has no room for an iteration.',
            guard: { type: 'hasNoRoom', params: verdictOf },
            target: '#loop.stopping',
            actions: [noteShortage, 'endByLowDisk'],
          },
          {
            description: 'Settings of a later start leave nothing for another attempt.',
            guard: 'isOpenAndCapped',
            target: '#loop.summarizing.settling',
            actions: { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } },
          },
          {
            description: 'The operator has paused the loop.',
            guard: 'isPaused',
            target: '#loop.waiting.paused',
            actions: ['passGates', { type: 'waitForNothing', params: ({ event }) => event.output }],
          },
          {
            description: 'Something is in the way of a worker.',
            guard: { type: 'gateIsClosed', params: verdictOf },
            target: '#loop.waiting.gate',
            actions: {
              type: 'waitForGate',
              params: verdictOf,
            },
          },
          {
            description: 'Another attempt of the open iteration begins.',
            guard: 'isOpen',
            target: '#loop.prompting',
            actions: ['passGates', { type: 'beginAttempt', params: ({ event }) => event.output }],
          },
          {
            description: 'Nothing is in the way of a new iteration.',
            target: 'choosing',
            actions: 'passGates',
          },
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
            description:
              'The selector failed or left nothing to work on: an iteration without a worker.',
            guard: { type: 'startsNoWorker', params: ({ event }) => event.output },
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
            description: 'A new iteration begins, with its first attempt.',
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
          description: 'It broke before an iteration had begun, and the run ends with an error.',
          target: '#loop.stopping',
          actions: { type: 'endByError', params: ({ event }) => event },
        },
      },
    },
  },
});

function verdictOf({ event }: { event: { output: GateVerdict } }): { verdict: GateVerdict } {
  return { verdict: event.output };
}
