import { EMPTY_MEMORY } from './breaker/memory.ts';
import { breakerSetup } from './breaker/setup.ts';

const onProbation = breakerSetup.createStateConfig({
  on: {
    'iteration.ended': [
      { description: 'It is better.', guard: 'endedBetter', target: 'closed', actions: 'forget' },
      {
        description: 'It is not: a longer cool-down.',
        guard: 'endedNoBetter',
        target: 'open',
        actions: ['blame', 'remember'],
      },
      { description: 'It was not the doing of the agent: the next one will tell.' },
    ],
    'work.changed': {
      description: 'Another prompt, task or setting deserves another try.',
      target: 'closed',
      actions: 'forget',
    },
  },
});

/** Keeps a loop from paying again and again for what does not work. Pure: the loop machine plays it by itself. */
export const breakerMachine = breakerSetup.createMachine({
  id: 'breaker',
  description: 'Whether iterations may begin: not while the same trouble comes again and again.',
  context: EMPTY_MEMORY,
  initial: 'closed',
  states: {
    closed: {
      description: 'Iterations begin as they are due.',
      on: {
        'iteration.ended': [
          {
            description: 'The same trouble too often.',
            guard: 'repeatsTooOften',
            target: 'open',
            actions: ['blame', 'remember'],
          },
          { description: 'Remembered.', actions: 'remember' },
        ],
        'work.changed': {
          description: 'What was before says nothing any more.',
          actions: 'forget',
        },
      },
    },
    open: {
      description: 'No iteration begins until the cool-down is over.',
      on: {
        ...onProbation.on,
        'cooldown.over': {
          description: 'One iteration shows whether it is better.',
          target: 'halfOpen',
        },
      },
    },
    halfOpen: { description: 'One iteration is on probation.', ...onProbation },
  },
});
