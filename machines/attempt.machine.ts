import { endingOf, initialContext, isOfBudget, type AttemptContext } from './attempt/context.ts';
import { attemptSetup, faultOf } from './attempt/setup.ts';

/**
 * The life of one worker, played in the isolation layer and never restored.
 * Whatever happens, it comes to `ended`: the agent's exit is accepted everywhere, and every wait has a deadline.
 */
export const attemptMachine = attemptSetup.createMachine({
  id: 'attempt',
  description: 'One start of a worker, until nothing of it is left.',
  context: ({ input }) => initialContext(input),
  initial: 'starting',
  output: ({ context }) => endingOf(context),
  invoke: [
    {
      id: 'runAgent',
      src: 'runAgent',
      onError: {
        description: 'The agent can no longer be followed, so it must not go on.',
        target: '.killing',
        actions: [
          { type: 'noteFault', params: faultOf },
          { type: 'blame', params: { reason: 'fault' } },
        ],
      },
    },
    {
      id: 'total',
      src: 'awaitDeadline',
      input: ({ context }) => ({ kind: 'total', untilEpochMs: context.limits.deadlineEpochMs }),
    },
    { id: 'watchLimits', src: 'watchLimits' },
  ],
  on: {
    'agent.exited': {
      description: 'The agent is gone; its tools may not be.',
      target: '.sweeping',
      actions: 'noteExit',
    },
    'agent.unavailable': {
      description: 'No agent came up, so there is nothing to end.',
      target: '.ended',
      actions: 'noteStartFailure',
    },
    'fault.raised': {
      description: 'What is no longer supervised must not go on.',
      target: '.killing',
      actions: [
        { type: 'noteFault', params: ({ event }) => event },
        { type: 'blame', params: { reason: 'fault' } },
      ],
    },
  },
  states: {
    starting: {
      description: 'The agent is being started.',
      on: {
        'agent.started': { description: 'The agent is up.', target: 'working' },
        'stop.requested': {
          description: 'Stopped before the agent was up.',
          target: 'terminating',
          actions: 'noteStop',
        },
        'deadline.total': {
          description: 'Starting took all the time there was.',
          target: 'terminating',
          actions: { type: 'blame', params: { reason: 'total' } },
        },
      },
    },

    working: {
      description: 'The agent works; its output is read, redacted and kept.',
      invoke: {
        id: 'idle',
        src: 'awaitDeadline',
        input: ({ context }) => ({ kind: 'idle', afterMs: context.limits.idleTimeoutMs }),
      },
      on: {
        'agent.finalResult': {
          description: 'It told its result and should exit by itself.',
          target: 'lingering',
        },
        'stop.requested': {
          description: 'The worker is to end now.',
          target: 'terminating',
          actions: 'noteStop',
        },
        'deadline.total': {
          description: 'The wall clock of the attempt ran out.',
          target: 'terminating',
          actions: { type: 'blame', params: { reason: 'total' } },
        },
        'deadline.idle': {
          description: 'No sign of life for too long.',
          target: 'terminating',
          actions: { type: 'blame', params: { reason: 'idle' } },
        },
        'limit.exceeded': [
          {
            description: 'It takes what the machine needs: no grace.',
            guard: 'isUrgent',
            target: 'killing',
            actions: 'noteExcess',
          },
          {
            description: 'It used up what it was given.',
            target: 'terminating',
            actions: 'noteExcess',
          },
        ],
      },
    },

    lingering: {
      description: 'The agent told its final result and has not exited yet.',
      invoke: {
        id: 'linger',
        src: 'awaitDeadline',
        input: ({ context }) => ({ kind: 'linger', afterMs: context.limits.lingerMs }),
      },
      on: {
        'agent.resumed': {
          description: 'The result was not its last: it works on.',
          target: 'working',
        },
        'stop.requested': {
          description: 'The worker is to end now.',
          target: 'terminating',
          actions: 'noteStop',
        },
        'limit.exceeded': [
          {
            description: 'Nothing is left for what it may still begin; its result stands.',
            guard: 'ofBudget',
            target: 'terminating',
            actions: { type: 'blame', params: { reason: 'linger' } },
          },
          {
            description: 'It takes too much to linger; its result stands.',
            target: 'killing',
            actions: { type: 'blame', params: { reason: 'linger' } },
          },
        ],
        'deadline.linger': {
          description: 'It does not exit by itself; its result stands.',
          target: 'terminating',
          actions: { type: 'blame', params: { reason: 'linger' } },
        },
        'deadline.total': {
          description: 'No time is left to linger; its result came in time and stands.',
          target: 'terminating',
          actions: { type: 'blame', params: { reason: 'linger' } },
        },
      },
    },

    terminating: {
      description: 'The agent was asked to end (TERM) and has its grace to do so.',
      invoke: [
        {
          id: 'terminateTree',
          src: 'terminateTree',
          onError: {
            description: 'Asking failed.',
            target: 'killing',
            actions: { type: 'noteFault', params: faultOf },
          },
        },
        {
          id: 'grace',
          src: 'awaitDeadline',
          input: ({ context }) => ({ kind: 'grace', afterMs: graceOf(context) }),
        },
      ],
      on: {
        'agent.started': {
          description: 'It came up only now: asked again.',
          target: 'terminating',
          reenter: true,
        },
        'deadline.grace': { description: 'It did not end by itself.', target: 'killing' },
        'limit.exceeded': {
          description: 'It has no grace left where the machine suffers.',
          guard: 'isUrgent',
          target: 'killing',
        },
        'stop.requested': [
          {
            description: 'Asked for a second time: at once.',
            guard: 'stopWasRequested',
            target: 'killing',
          },
          { description: 'It is ending already.', actions: 'noteStop' },
        ],
      },
    },

    killing: {
      description: 'The agent and its tools are ended (KILL).',
      invoke: [
        {
          id: 'killTree',
          src: 'killTree',
          onError: {
            description: 'Sweeping tries again.',
            target: 'sweeping',
            actions: { type: 'noteFault', params: faultOf },
          },
        },
        {
          id: 'exit',
          src: 'awaitDeadline',
          input: ({ context }) => ({ kind: 'exit', afterMs: context.limits.killMs }),
        },
      ],
      on: {
        'agent.started': {
          description: 'It came up only now: killed again.',
          target: 'killing',
          reenter: true,
        },
        'deadline.exit': {
          description: 'The system cannot end it, or its exit cannot be seen.',
          target: 'sweeping',
        },
      },
    },

    sweeping: {
      description: 'The agent is gone; what it left behind is ended too.',
      initial: 'settling',
      on: {
        'agent.exited': { description: 'Its exit was seen late.', actions: 'noteExit' },
        'fault.raised': {
          description: 'Noted; nothing is left to supervise.',
          actions: { type: 'noteFault', params: ({ event }) => event },
        },
      },
      states: {
        settling: {
          description: 'What was said before the agent ended is read; a helper may finish writing.',
          invoke: [
            {
              id: 'settleTree',
              src: 'settleTree',
              onDone: {
                description: 'Nothing is left that could say something.',
                target: 'ending',
              },
              onError: {
                description: 'The rest of the output is lost.',
                target: 'ending',
                actions: { type: 'noteFault', params: faultOf },
              },
            },
            {
              id: 'settle',
              src: 'awaitDeadline',
              input: ({ context }) => ({ kind: 'settle', afterMs: context.limits.settleMs }),
            },
          ],
          on: {
            'deadline.settle': {
              description: 'Something was left behind that does not end by itself.',
              target: 'ending',
            },
          },
        },
        ending: {
          description: 'Processes of the tree are looked for and killed until none is found.',
          invoke: {
            id: 'sweepTree',
            src: 'sweepTree',
            onDone: {
              description: 'Nothing of the tree is left.',
              target: 'draining',
              actions: { type: 'noteSwept', params: ({ event }) => ({ swept: event.output }) },
            },
            onError: {
              description: 'What was left could not be found out.',
              target: 'draining',
              actions: { type: 'noteFault', params: faultOf },
            },
          },
        },
        draining: {
          description: 'The last output is read.',
          invoke: [
            {
              id: 'drainOutput',
              src: 'drainOutput',
              onDone: { description: 'All output is read.', target: '#attempt.ended' },
              onError: {
                description: 'The rest of the output is lost.',
                target: '#attempt.ended',
                actions: { type: 'noteFault', params: faultOf },
              },
            },
            {
              id: 'drain',
              src: 'awaitDeadline',
              input: ({ context }) => ({ kind: 'drain', afterMs: context.limits.drainMs }),
            },
          ],
          on: {
            'deadline.drain': {
              description: 'Somebody out of reach holds the output open.',
              target: '#attempt.ended',
            },
          },
        },
      },
    },

    ended: { type: 'final', description: 'The attempt has its end; the result can be written.' },
  },
});

function graceOf({ limits, excess }: AttemptContext): number {
  return isOfBudget(excess) ? limits.budgetGraceMs : limits.graceMs;
}
