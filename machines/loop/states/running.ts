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
        description: 'Trouble that may pass: the same work is tried again.',
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
        description: 'The iteration stays open until the usage limit resets.',
        guard: 'mayWaitForLimit',
        target: 'waiting',
        actions: ['noteAttemptEnd', 'waitForLimit'],
      },
      {
        description: 'The attempt was the last of its iteration.',
        target: 'summarizing',
        actions: 'noteAttemptEnd',
      },
    ],
    'loop.stop': [
      {
        description: 'The worker is ended now.',
        guard: 'stopsNow',
        target: '.terminating',
        actions: 'noteStop',
      },
      { description: 'The worker may finish.', actions: 'noteStop' },
    ],
    'cap.reached': {
      description: 'The run has lived as long as it may.',
      target: '.terminating',
      actions: 'noteCap',
    },
  },
  states: {
    launching: {
      description: 'The isolation layer is being started; nothing is claimed yet.',
      on: {
        'worker.started': [
          {
            description: 'A worker that the runner before had started is adopted.',
            guard: 'workerWasRecorded',
            target: 'working',
            actions: 'noteWorkerAdoption',
          },
          { description: 'A new worker lives.', target: 'working', actions: 'noteWorkerStart' },
        ],
      },
    },
    working: {
      description: 'The worker is alive, or was when last seen.',
      on: {
        'worker.started': {
          description: 'It is found alive and adopted.',
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
            description: 'It is adopted only to be ended.',
            guard: 'workerWasRecorded',
            actions: ['noteWorkerAdoption', 'terminateWorker'],
          },
          {
            description: 'It came up only now, and is told to end.',
            actions: ['noteWorkerStart', 'terminateWorker'],
          },
        ],
        'loop.restored': {
          description: 'The worker is told again to end.',
          actions: [...resume, 'terminateWorker'],
        },
      },
    },
  },
});
