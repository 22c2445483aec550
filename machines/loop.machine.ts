import { initialContext } from './loop/context.ts';
import { loopSetup } from './loop/setup.ts';
import { idle } from './loop/states/idle.ts';
import { noteLowDisk } from './loop/states/low-disk.ts';
import { prompting } from './loop/states/prompting.ts';
import { resume } from './loop/states/resume.ts';
import { running } from './loop/states/running.ts';
import { selecting } from './loop/states/selecting.ts';
import { stopping } from './loop/states/stopping.ts';
import { summarizing } from './loop/states/summarizing.ts';
import { waiting } from './loop/states/waiting.ts';

/** Version of what a snapshot of this machine means; a newer one is refused. */
export const LOOP_MACHINE_VERSION = 1;

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
    'loop.stop': { description: 'The iteration at hand may finish.', actions: 'noteStop' },
    'loop.pause': {
      description: 'It pauses once the iteration at hand has ended.',
      actions: 'notePause',
    },
    'loop.resume': {
      description: 'A pause that had not begun is taken back.',
      actions: 'noteResume',
    },
    'loop.skipWait': { description: 'Noted; there is no wait to skip.', actions: 'noteSkipWait' },
    'loop.restored': {
      description: 'Another runner goes on where the last one was.',
      actions: [...resume],
    },
    'disk.low': {
      description: 'The run ends once the iteration at hand has ended.',
      actions: noteLowDisk,
    },
    'cap.reached': {
      description: 'The run has lived as long as it may, and ends after this iteration.',
      actions: 'noteCap',
    },
    'work.changed': {
      description:
        'The prompt, the task or a setting is another one, which closes an open breaker.',
      actions: 'noteWork',
    },
    'loop.left': {
      description: 'The runner leaves; the run can be resumed.',
      actions: 'noteLeave',
    },
  },
  states: {
    idle,
    selecting,
    prompting,
    running,
    summarizing,
    waiting,
    stopping,
    stopped: { description: 'The run has ended.', type: 'final' },
  },
});
