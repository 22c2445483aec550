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
        description: 'An iteration is open, and nothing is left for another attempt.',
        guard: 'leavesNothingForIt',
        target: 'summarizing.digesting',
        actions: [
          ...resume,
          { type: 'settleOutcome', params: { fallback: 'budget_exceeded' } },
          ...endWait('capped'),
        ],
      },
      {
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

function momentOfWait({ context }: { context: LoopContext }): { untilEpochMs: number } {
  return { untilEpochMs: context.wait?.untilEpochMs ?? 0 };
}
