import { loopSetup } from '../setup.ts';
import { breakOff } from './break-off.ts';
import { attemptOf, digestOf } from './work-input.ts';

/** What came out, and what comes next. */
export const summarizing = loopSetup.createStateConfig({
  description: 'What came out, was it good, and what does the next iteration have to know?',
  initial: 'validating',
  states: {
    validating: {
      description: 'Reads the report, runs the gates and judges the work.',
      on: {
        // Gates may take long.
        'loop.stop': [
          {
            guard: 'stopsNow',
            target: 'settling',
            actions: ['noteStop', 'abandonWork'],
          },
          { actions: 'noteStop' },
        ],
      },
      invoke: {
        id: 'validateWork',
        src: 'validateWork',
        input: ({ context }) => ({
          ...attemptOf(context),
          outcome: digestOf(context).outcome,
          workspaceMark: context.open?.workspaceMark ?? null,
        }),
        onDone: {
          target: 'settling',
          actions: { type: 'judge', params: ({ event }) => ({ judgement: event.output }) },
        },
        onError: breakOff,
      },
    },
    settling: {
      description: 'What the iteration comes to is known. Passed through, never rested in.',
      always: [{ guard: 'takesCheckpoints', target: 'checkpointing' }, { target: 'digesting' }],
    },
    checkpointing: {
      description: 'Commits the work, or takes it back.',
      invoke: {
        id: 'checkpointWork',
        src: 'checkpointWork',
        input: ({ context }) => ({ ...attemptOf(context), outcome: digestOf(context).outcome }),
        onDone: {
          target: 'digesting',
          actions: { type: 'noteCheckpoint', params: ({ event }) => event.output },
        },
        onError: breakOff,
      },
    },
    digesting: {
      description: 'Folds the iteration into the summaries.',
      invoke: {
        id: 'digestIteration',
        src: 'digestIteration',
        input: ({ context }) => digestOf(context),
        onDone: {
          target: 'deciding',
          actions: { type: 'closeIteration', params: ({ event }) => event.output },
        },
        onError: breakOff,
      },
    },
    deciding: {
      description: 'Goes on, or ends the run. Passed through, never rested in.',
      always: [
        { guard: 'stopWasRequested', target: '#loop.stopping', actions: 'endByRequest' },
        { guard: 'diskIsLow', target: '#loop.stopping', actions: 'endByLowDisk' },
        { guard: 'lastOutcomeStops', target: '#loop.stopping', actions: 'endByOutcome' },
        { guard: 'workIsComplete', target: '#loop.stopping', actions: 'endByCompletion' },
        { guard: 'hasTooManyFailures', target: '#loop.stopping', actions: 'endByFailures' },
        { guard: 'capIsReached', target: '#loop.stopping', actions: 'endByCap' },
        { guard: 'limitLeashIsOver', target: '#loop.stopping', actions: 'endByLimitLeash' },
        { guard: 'hasNoIterationsLeft', target: '#loop.stopping', actions: 'endByIterations' },
        { target: '#loop.waiting' },
      ],
    },
  },
});
