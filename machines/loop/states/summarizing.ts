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
            description: 'Stopped at once: whether the work is good is not waited for.',
            guard: 'stopsNow',
            target: 'settling',
            actions: ['noteStop', 'abandonWork'],
          },
          { description: 'The work is judged to its end.', actions: 'noteStop' },
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
          description: 'The work is judged.',
          target: 'settling',
          actions: { type: 'judge', params: ({ event }) => ({ judgement: event.output }) },
        },
        onError: breakOff,
      },
    },
    settling: {
      description: 'What the iteration comes to is known. Passed through, never rested in.',
      always: [
        {
          description: 'The loop keeps checkpoints.',
          guard: 'takesCheckpoints',
          target: 'checkpointing',
        },
        { description: 'The work is left as it is.', target: 'digesting' },
      ],
    },
    checkpointing: {
      description: 'Commits the work, or takes it back.',
      invoke: {
        id: 'checkpointWork',
        src: 'checkpointWork',
        input: ({ context }) => ({ ...attemptOf(context), outcome: digestOf(context).outcome }),
        onDone: {
          description: 'The work is committed, or taken back.',
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
          description: 'The iteration is closed.',
          target: 'deciding',
          actions: { type: 'closeIteration', params: ({ event }) => event.output },
        },
        onError: breakOff,
      },
    },
    deciding: {
      description: 'Goes on, or ends the run. Passed through, never rested in.',
      always: [
        {
          description: 'The operator has asked for it.',
          guard: 'stopWasRequested',
          target: '#loop.stopping',
          actions: 'endByRequest',
        },
        {
          description: 'The disk is too full to go on.',
          guard: 'diskIsLow',
          target: '#loop.stopping',
          actions: 'endByLowDisk',
        },
        {
          description: 'What the iteration came to stops a run: it would come to the same again.',
          guard: 'lastOutcomeStops',
          target: '#loop.stopping',
          actions: 'endByOutcome',
        },
        {
          description: 'All the work is declared done.',
          guard: 'workIsComplete',
          target: '#loop.stopping',
          actions: 'endByCompletion',
        },
        {
          description: 'Too many iterations in a row have failed.',
          guard: 'hasTooManyFailures',
          target: '#loop.stopping',
          actions: 'endByFailures',
        },
        {
          description: 'The cost, the tokens or the time of the run are used up.',
          guard: 'capIsReached',
          target: '#loop.stopping',
          actions: 'endByCap',
        },
        {
          description: 'The run has waited for usage limits as long as it may.',
          guard: 'limitLeashIsOver',
          target: '#loop.stopping',
          actions: 'endByLimitLeash',
        },
        {
          description: 'As many iterations as were asked for are done.',
          guard: 'hasNoIterationsLeft',
          target: '#loop.stopping',
          actions: 'endByIterations',
        },
        { description: 'Another iteration is to come.', target: '#loop.waiting' },
      ],
    },
  },
});
