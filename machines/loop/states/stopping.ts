import { loopSetup } from '../setup.ts';

/** The end of the run. */
export const stopping = loopSetup.createStateConfig({
  description: 'The run is over; nothing of it may be left.',
  initial: 'draining',
  states: {
    draining: {
      description: 'Waits until no worker of this loop is left.',
      invoke: {
        id: 'drainWorkers',
        src: 'drainWorkers',
        input: ({ context: { runId, stop } }) => ({ runId, now: stop === 'now' }),
        onDone: { description: 'No worker is left.', target: 'cleaning' },
        onError: { description: 'It broke; the run ends all the same.', target: 'cleaning' },
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
          { description: 'The run is ending already.', actions: 'noteStop' },
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
          description: 'Nothing of the run is left.',
          target: '#loop.stopped',
          actions: { type: 'recordEnd', params: ({ event }) => event.output },
        },
        onError: {
          description: 'It broke; the run has ended all the same.',
          target: '#loop.stopped',
          actions: { type: 'recordEnd', params: { at: null } },
        },
      },
    },
  },
});
