import { loopSetup } from '../setup.ts';
import { resume } from './resume.ts';
import { breakOff } from './break-off.ts';
import { attemptOf } from './work-input.ts';

/** One attempt. */
export const running = loopSetup.createStateConfig({
  description: 'One attempt: a worker is launched, adopted or collected.',
  tags: 'paid',
  initial: 'launching',
  invoke: [
    {
      id: 'runAttempt',
      src: 'runAttempt',
      input: ({ context }) => attemptOf(context),
      onError: breakOff,
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
});
