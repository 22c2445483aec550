import type {
  AttemptInput,
  DigestInput,
  DiskLow,
  GateVerdict,
  Shortage,
} from '../src/domain/loop-work.ts';
import { ANY_BUDGET } from '../src/domain/cap.ts';
import type { WaitEnd } from '../src/domain/event.ts';
import { agentOf } from './loop/agents.ts';
import { budgetOf } from './loop/caps.ts';
import { openOutcome } from './loop/changes.ts';
import { initialContext, type LoopContext } from './loop/context.ts';
import { loopSetup } from './loop/setup.ts';

/** Version of what a snapshot of this machine means; a newer one is refused. */
export const LOOP_MACHINE_VERSION = 1;

const resume = ['resumeRun', 'noteWork'] as const;
const noteLowDisk = {
  type: 'noteLowDisk',
  params: ({ event }: { event: DiskLow }) => ({ shortage: event }),
} as const;
const noteShortage = {
  type: 'noteLowDisk',
  params: ({ event }: { event: { output: GateVerdict } }) => ({
    shortage: shortageOf(event.output),
  }),
} as const;

/** One loop, from a start to `stopped`: what it does next is decided here and nowhere else. */
export const loopMachine = loopSetup.createMachine({
  id: 'loop',
  description: 'One named task running again and again.',
  context: ({ input }) => initialContext(input),
  initial: 'idle',
  output: ({ context }) => ({
    ending: context.ending ?? { reason: 'unknown', exitCode: 1, message: null, fix: null },
    totals: context.totals,
  }),
  on: {
    'loop.stop': { actions: 'noteStop' },
    'loop.pause': {
      actions: 'notePause',
    },
    'loop.resume': {
      actions: 'noteResume',
    },
    'loop.skipWait': { actions: 'noteSkipWait' },
    'loop.restored': { actions: [...resume] },
    'disk.low': { actions: noteLowDisk },
    'cap.reached': { actions: 'noteCap' },
    'work.changed': { actions: 'noteWork' },
    'loop.left': { actions: 'noteLeave' },
  },
  states: {
    idle: {
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
    },

    selecting: {
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
            actions: [
              'noteCap',
              { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } },
            ],
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
                guard: 'isPaused',
                target: '#loop.waiting.paused',
                actions: [
                  'passGates',
                  { type: 'waitForNothing', params: ({ event }) => event.output },
                ],
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
                actions: [
                  'passGates',
                  { type: 'beginAttempt', params: ({ event }) => event.output },
                ],
              },
              { target: 'choosing', actions: 'passGates' },
            ],
            onError: {
              target: '#loop.stopping',
              actions: [
                { type: 'endByError', params: ({ event }) => event },
                { type: 'closeIteration', params: { at: null } },
              ],
            },
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
                target: '#loop.summarizing.digesting',
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
    },

    prompting: {
      description: 'Composes the prompt of the next attempt.',
      on: {
        'loop.stop': [
          {
            guard: 'stopsNow',
            target: 'summarizing.digesting',
            actions: [
              'noteStop',
              {
                type: 'skipWork',
                params: { skip: { outcome: 'killed', reason: 'stopped before a worker started' } },
              },
            ],
          },
          { actions: 'noteStop' },
        ],
        'loop.restored': [
          {
            guard: 'startsNothing',
            target: 'summarizing.digesting',
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
          { actions: [...resume] },
        ],
        'disk.low': {
          target: 'summarizing.digesting',
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
          target: 'summarizing.digesting',
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
            guard: ({ event }) => event.output.skip !== null,
            target: 'summarizing.digesting',
            actions: { type: 'skipWork', params: ({ event }) => event.output },
          },
          {
            target: 'running',
            actions: { type: 'noteWorkspace', params: ({ event }) => event.output },
          },
        ],
        onError: {
          target: 'stopping',
          actions: [
            { type: 'endByError', params: ({ event }) => event },
            { type: 'closeIteration', params: { at: null } },
          ],
        },
      },
    },

    running: {
      description: 'One attempt: a worker is launched, adopted or collected.',
      tags: 'paid',
      initial: 'launching',
      invoke: [
        {
          id: 'runAttempt',
          src: 'runAttempt',
          input: ({ context }) => attemptOf(context),
          onError: {
            target: 'stopping',
            actions: [
              { type: 'endByError', params: ({ event }) => event },
              { type: 'closeIteration', params: { at: null } },
            ],
          },
        },
        { id: 'watchDisk', src: 'watchDisk' },
      ],
      on: {
        'worker.ended': [
          {
            guard: 'mayRetry',
            target: 'waiting',
            actions: ['noteAttemptEnd', 'waitToRetry'],
          },
          {
            description: 'Another agent goes on at once.',
            guard: 'mayFallBack',
            target: 'selecting',
            actions: ['noteAttemptEnd', 'recordFallback'],
          },
          {
            guard: 'mayWaitForLimit',
            target: 'waiting',
            actions: ['noteAttemptEnd', 'waitForLimit'],
          },
          {
            target: 'summarizing',
            actions: 'noteAttemptEnd',
          },
        ],
        'loop.stop': [
          {
            guard: 'stopsNow',
            target: '.terminating',
            actions: 'noteStop',
          },
          { actions: 'noteStop' },
        ],
        'cap.reached': { target: '.terminating', actions: 'noteCap' },
      },
      states: {
        launching: {
          description: 'The isolation layer is being started; nothing is claimed yet.',
          on: {
            'worker.started': [
              { guard: 'workerWasRecorded', target: 'working', actions: 'noteWorkerAdoption' },
              { target: 'working', actions: 'noteWorkerStart' },
            ],
          },
        },
        working: {
          description: 'The worker is alive, or was when last seen.',
          on: {
            'worker.started': {
              actions: 'noteWorkerAdoption',
            },
          },
        },
        terminating: {
          description: 'The worker was told to end.',
          entry: 'terminateWorker',
          on: {
            'worker.started': [
              {
                guard: 'workerWasRecorded',
                actions: ['noteWorkerAdoption', 'terminateWorker'],
              },
              {
                actions: ['noteWorkerStart', 'terminateWorker'],
              },
            ],
            'loop.restored': {
              actions: [...resume, 'terminateWorker'],
            },
          },
        },
      },
    },

    summarizing: {
      description: 'What came out, was it good, and what does the next iteration have to know?',
      initial: 'validating',
      states: {
        validating: {
          description: 'Reads the report and judges the work.',
          invoke: {
            id: 'validateWork',
            src: 'validateWork',
            input: ({ context }) => ({
              ...attemptOf(context),
              outcome: digestOf(context).outcome,
              workspaceMark: context.open?.workspaceMark ?? null,
            }),
            onDone: [
              {
                guard: 'takesCheckpoints',
                target: 'checkpointing',
                actions: { type: 'judge', params: ({ event }) => ({ judgement: event.output }) },
              },
              {
                target: 'digesting',
                actions: { type: 'judge', params: ({ event }) => ({ judgement: event.output }) },
              },
            ],
            onError: {
              target: '#loop.stopping',
              actions: [
                { type: 'endByError', params: ({ event }) => event },
                { type: 'closeIteration', params: { at: null } },
              ],
            },
          },
        },
        checkpointing: {
          description: 'Commits the work, or takes it back.',
          invoke: {
            id: 'checkpointWork',
            src: 'checkpointWork',
            input: ({ context }) => ({ ...attemptOf(context), outcome: digestOf(context).outcome }),
            onDone: { target: 'digesting' },
            onError: {
              target: '#loop.stopping',
              actions: [
                { type: 'endByError', params: ({ event }) => event },
                { type: 'closeIteration', params: { at: null } },
              ],
            },
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
            onError: {
              target: '#loop.stopping',
              actions: [
                { type: 'endByError', params: ({ event }) => event },
                { type: 'closeIteration', params: { at: null } },
              ],
            },
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
    },

    waiting: {
      description: 'Nothing runs until a moment has come or the operator says so.',
      tags: 'resting',
      initial: 'arriving',
      on: {
        'loop.stop': [
          {
            guard: 'isOpen',
            target: 'summarizing.digesting',
            actions: [
              'noteStop',
              { type: 'settleOutcome', params: { fallback: 'interrupted' } },
              ...endWait('stopped'),
            ],
          },
          {
            target: 'stopping',
            actions: ['noteStop', ...endWait('stopped'), 'endByRequest'],
          },
        ],
        'loop.pause': {
          target: '.paused',
          actions: [{ type: 'recordWaitEnd', params: { how: 'paused' } }, 'notePause'],
        },
        'loop.skipWait': {
          target: 'selecting',
          actions: ['noteSkipWait', 'freeAgents', 'coolDown', ...endWait('skipped')],
        },
        'loop.restored': [
          {
            guard: 'hasNoIterationsByNewPolicy',
            target: 'stopping',
            actions: [...resume, ...endWait('capped'), 'endByIterations'],
          },
          {
            guard: 'wasCappedByNewPolicy',
            target: 'stopping',
            actions: [...resume, ...endWait('capped'), 'endByCap'],
          },
          {
            guard: 'closesBreaker',
            target: 'selecting',
            actions: [...endWait('changed'), ...resume],
          },
          { actions: [...resume] },
        ],
        'work.changed': [
          {
            guard: 'closesBreaker',
            target: 'selecting',
            actions: [...endWait('changed'), 'noteWork'],
          },
          { actions: 'noteWork' },
        ],
        'cap.reached': [
          {
            guard: 'isOpen',
            target: 'summarizing.digesting',
            actions: [
              'noteCap',
              { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } },
              ...endWait('capped'),
            ],
          },
          {
            target: 'stopping',
            actions: ['noteCap', ...endWait('capped'), 'endByCap'],
          },
        ],
        'disk.low': [
          {
            guard: 'isOpen',
            target: 'summarizing.digesting',
            actions: [
              noteLowDisk,
              { type: 'settleOutcome', params: { fallback: 'resource_exceeded' } },
              ...endWait('stopped'),
            ],
          },
          {
            target: 'stopping',
            actions: [noteLowDisk, ...endWait('stopped'), 'endByLowDisk'],
          },
        ],
      },
      states: {
        arriving: {
          description: 'Finds the kind of the wait. Passed through, never rested in.',
          always: [
            { guard: 'isPaused', target: 'paused' },
            { guard: { type: 'waitIs', params: { kind: 'backoff' } }, target: 'backoff' },
            { guard: { type: 'waitIs', params: { kind: 'usage_limit' } }, target: 'usageLimit' },
            { guard: { type: 'waitIs', params: { kind: 'gate' } }, target: 'gate' },
            { target: 'interval' },
          ],
        },
        interval: timedWait('Between two iterations.'),
        backoff: {
          ...timedWait('Before a new attempt, or after trouble: an outage, an open breaker.'),
          invoke: [
            { id: 'waitUntil', src: 'waitUntil', input: momentOfWait },
            {
              id: 'watchWork',
              src: 'watchWork',
              input: ({ context }) => ({ workMark: context.workMark }),
            },
          ],
        },
        usageLimit: timedWait("Until a plan's limit resets; the iteration stays open."),
        gate: {
          description: 'Until what is in the way of a worker is looked at again.',
          entry: 'recordWaitStart',
          invoke: { id: 'waitUntil', src: 'waitUntil', input: momentOfWait },
          on: {
            'timer.fired': {
              target: '#loop.selecting',
              actions: [...endWait('over')],
            },
            'loop.skipWait': {
              description: 'The next attempt begins whatever is in the way.',
              target: '#loop.selecting',
              actions: ['noteSkipWait', ...endWait('skipped'), 'skipGates'],
            },
          },
        },
        paused: {
          description: 'By the operator; the former wait runs on behind it.',
          entry: 'recordWaitStart',
          on: {
            'loop.pause': { actions: 'notePause' },
            'loop.resume': {
              target: 'arriving',
              actions: [{ type: 'recordWaitEnd', params: { how: 'resumed' } }, 'noteResume'],
            },
            'loop.skipWait': {
              actions: ['noteSkipWait', 'expireWait'],
            },
          },
        },
      },
    },

    stopping: {
      description: 'The run is over; nothing of it may be left.',
      initial: 'draining',
      states: {
        draining: {
          description: 'Waits until no worker of this loop is left.',
          invoke: {
            id: 'drainWorkers',
            src: 'drainWorkers',
            input: ({ context: { runId, stop } }) => ({ runId, now: stop === 'now' }),
            onDone: { target: 'cleaning' },
            onError: { target: 'cleaning' },
          },
          on: {
            'loop.stop': [
              {
                description: 'Begins again, and ends them.',
                guard: 'stopsNow',
                target: 'draining',
                reenter: true,
                actions: 'noteStop',
              },
              { actions: 'noteStop' },
            ],
          },
        },
        cleaning: {
          description: 'Removes what only a living loop needs.',
          invoke: {
            id: 'cleanUp',
            src: 'cleanUp',
            input: ({ context }) => ({ runId: context.runId }),
            onDone: {
              target: '#loop.stopped',
              actions: { type: 'recordEnd', params: ({ event }) => event.output },
            },
            onError: {
              target: '#loop.stopped',
              actions: { type: 'recordEnd', params: { at: null } },
            },
          },
        },
      },
    },

    stopped: { description: 'The run has ended.', type: 'final' },
  },
});

function timedWait(description: string) {
  return loopSetup.createStateConfig({
    description,
    entry: 'recordWaitStart',
    invoke: {
      id: 'waitUntil',
      src: 'waitUntil',
      input: momentOfWait,
    },
    on: {
      'timer.fired': {
        target: '#loop.selecting',
        actions: ['coolDown', ...endWait('over')],
      },
    },
  });
}

/** The wait at hand is recorded as over, counted, and forgotten. */
function endWait(how: WaitEnd) {
  return [{ type: 'recordWaitEnd', params: { how } }, 'countLimitWait', 'forgetWait'] as const;
}

function momentOfWait({ context }: { context: LoopContext }): { untilEpochMs: number } {
  return { untilEpochMs: context.wait?.untilEpochMs ?? 0 };
}

function shortageOf(verdict: GateVerdict): Shortage | null {
  return 'shortage' in verdict ? verdict.shortage : null;
}

/** Seen now, or noted before. */
function shortageIn({ lowDisk }: LoopContext, verdict: GateVerdict): boolean {
  return lowDisk !== null || shortageOf(verdict) !== null;
}

function attemptOf(context: LoopContext): AttemptInput {
  const { iteration, open } = context;
  return {
    ...{ iteration, attempt: open?.attempt ?? 0, target: open?.target ?? null },
    agent: agentOf(context),
    session: open?.session ?? null,
    budget: open ? budgetOf(context) : ANY_BUDGET,
  };
}

function digestOf(context: LoopContext): DigestInput {
  const { iteration, open } = context;
  if (!open) {
    throw new Error(`There is no open iteration to digest (last: ${iteration}).`);
  }
  return { iteration, open, outcome: openOutcome(open) };
}
