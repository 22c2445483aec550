import { loopSetup } from '../setup.ts';
import type { LoopContext } from '../context.ts';
import { resume } from './resume.ts';
import { noteLowDisk } from './low-disk.ts';
import { endWait } from './end-wait.ts';

/** Until a moment has come, or the operator says so. */
export const waiting = loopSetup.createStateConfig({
  description: 'Nothing runs until a moment has come or the operator says so.',
  tags: 'resting',
  initial: 'arriving',
  on: {
    'loop.stop': [
      {
        description: 'The open iteration ends with what is known of it.',
        guard: 'isOpen',
        target: 'summarizing.settling',
        actions: [
          'noteStop',
          { type: 'settleOutcome', params: { fallback: 'interrupted' } },
          ...endWait('stopped'),
        ],
      },
      {
        description: 'No iteration is open, so the run ends.',
        target: 'stopping',
        actions: ['noteStop', ...endWait('stopped'), 'endByRequest'],
      },
    ],
    'loop.pause': {
      description: 'The wait runs on behind the pause.',
      target: '.paused',
      actions: [{ type: 'recordWaitEnd', params: { how: 'paused' } }, 'notePause'],
    },
    'loop.skipWait': {
      description: 'The operator wants it to go on now.',
      target: 'selecting',
      actions: ['noteSkipWait', 'freeAgents', 'coolDown', ...endWait('skipped')],
    },
    'loop.restored': [
      {
        description: 'As many iterations as this start allows are done.',
        guard: 'hasNoIterationsByNewPolicy',
        target: 'stopping',
        actions: [...resume, ...endWait('capped'), 'endByIterations'],
      },
      {
        description: 'What this start allows to the run is used up.',
        guard: 'wasCappedByNewPolicy',
        target: 'stopping',
        actions: [...resume, ...endWait('capped'), 'endByCap'],
      },
      {
        description: 'An iteration is open, and nothing is left for another attempt.',
        guard: 'leavesNothingForIt',
        target: 'summarizing.settling',
        actions: [
          ...resume,
          { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } },
          ...endWait('capped'),
        ],
      },
      {
        description: 'The work is another one, and deserves a try in spite of the trouble before.',
        guard: 'closesBreaker',
        target: 'selecting',
        actions: [...endWait('changed'), ...resume],
      },
      {
        description: 'The settings name an agent that no usage limit holds.',
        guard: 'hasFreeAgentByNewPolicy',
        target: 'selecting',
        actions: [...endWait('changed'), ...resume],
      },
      { description: 'The wait goes on.', actions: [...resume] },
    ],
    'work.changed': [
      {
        description:
          'Another prompt, task or setting deserves a try in spite of the trouble before.',
        guard: 'closesBreaker',
        target: 'selecting',
        actions: [...endWait('changed'), 'noteWork'],
      },
      { description: 'The wait has other reasons, and goes on.', actions: 'noteWork' },
    ],
    'cap.reached': [
      {
        description: 'The run has no time left for another attempt.',
        guard: 'isOpen',
        target: 'summarizing.settling',
        actions: [
          'noteCap',
          { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } },
          ...endWait('capped'),
        ],
      },
      {
        description: 'The run has no time left for an iteration.',
        target: 'stopping',
        actions: ['noteCap', ...endWait('capped'), 'endByCap'],
      },
    ],
    'disk.low': [
      {
        description: 'The disk has no room for another attempt.',
        guard: 'isOpen',
        target: 'summarizing.settling',
        actions: [
          noteLowDisk,
          { type: 'settleOutcome', params: { fallback: 'resource_exceeded' } },
          ...endWait('stopped'),
        ],
      },
      {
        description: 'The disk has no room for an iteration.',
        target: 'stopping',
        actions: [noteLowDisk, ...endWait('stopped'), 'endByLowDisk'],
      },
    ],
  },
  states: {
    arriving: {
      description: 'Finds the kind of the wait. Passed through, never rested in.',
      always: [
        { description: 'The operator has paused the loop.', guard: 'isPaused', target: 'paused' },
        {
          description: 'After trouble.',
          guard: { type: 'waitIs', params: { kind: 'backoff' } },
          target: 'backoff',
        },
        {
          description: 'No agent is free of a usage limit.',
          guard: { type: 'waitIs', params: { kind: 'usage_limit' } },
          target: 'usageLimit',
        },
        {
          description: 'Something is in the way of a worker.',
          guard: { type: 'waitIs', params: { kind: 'gate' } },
          target: 'gate',
        },
        { description: 'The next iteration is due after the interval.', target: 'interval' },
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
          description: 'The gates are looked at again.',
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
        'loop.pause': { description: 'It is paused already.', actions: 'notePause' },
        'loop.resume': {
          description: 'What is left of the wait goes on.',
          target: 'arriving',
          actions: [{ type: 'recordWaitEnd', params: { how: 'resumed' } }, 'noteResume'],
        },
        'loop.skipWait': {
          description: 'The pause stays; the wait behind it is over.',
          actions: ['noteSkipWait', 'expireWait'],
        },
      },
    },
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
        description: 'The moment has come.',
        target: '#loop.selecting',
        actions: ['coolDown', ...endWait('over')],
      },
    },
  });
}

function momentOfWait({ context }: { context: LoopContext }): { untilEpochMs: number } {
  return { untilEpochMs: context.wait?.untilEpochMs ?? 0 };
}
