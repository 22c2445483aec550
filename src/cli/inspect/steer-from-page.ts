import { join } from 'node:path';
import { locateProject } from '../../config/locate-project.ts';
import { describeError } from '../../domain/error.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { SteeringAnswer, SteeringCommand } from '../../inspect/steering.ts';
import { callAutoloop } from '../../runner/call-autoloop.ts';
import type { SteeringRequest } from '../../runner/control-server.ts';
import type { LoopAddress } from '../../runner/read-status.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { runArguments } from '../run-arguments.ts';
import { taskOfFolder } from '../status/task-of-folder.ts';
import { tellLoop } from '../steer-loop.ts';

/** Does for a page what the command of that name does. `loop` is one that there is. Never throws. */
export async function steerFromPage(
  context: CliContext,
  loop: string,
  command: SteeringCommand,
): Promise<SteeringAnswer> {
  try {
    return command === 'force-stop'
      ? await forceStop(context, loop)
      : await ask(context, loop, command);
  } catch (error) {
    const { message, fix } = describeError(error);
    return { isDone: false, message: [message, fix].filter((text) => text !== null).join(' ') };
  }
}

type Asked = Exclude<SteeringCommand, 'force-stop'>;

async function ask(context: CliContext, loop: string, command: Asked): Promise<SteeringAnswer> {
  const status = await tellLoop(context, placeOf(context, loop), REQUESTS[command]);
  return status === null
    ? { isDone: false, message: 'It is not running any more.' }
    : { isDone: true, message: DONE[command](status) };
}

const REQUESTS: Readonly<Record<Asked, SteeringRequest>> = {
  pause: { command: 'pause' },
  resume: { command: 'resume' },
  'skip-wait': { command: 'skip-wait' },
  stop: { command: 'stop', force: false },
};

const DONE: Readonly<Record<Asked, (status: LoopStatus) => string>> = {
  pause: ({ worker }) =>
    worker ? 'Paused: what runs is finished first, then it waits.' : 'Paused.',
  resume: () => 'It goes on.',
  'skip-wait': ({ paused }) =>
    paused ? 'The wait is over; the loop is still paused.' : 'The wait is over.',
  stop: ({ worker, iteration }) =>
    worker ? `It ends as soon as iteration ${iteration} is finished.` : 'It ends.',
};

/**
 * By the command itself, in a process of its own: where the runner hangs it has to become the one who ends the run, and
 * whoever only looks at loops is not.
 */
async function forceStop(context: CliContext, loop: string): Promise<SteeringAnswer> {
  const { task } = placeOf(context, loop);
  const globals = { ...context.globals, task, prompt: null, name: loop };
  const places = runArguments({ ...context, globals }, {});
  const args = ['stop', '--force', ...places];
  const { isOk, out, err } = await callAutoloop({ args, cwd: context.cwd });
  return { isDone: isOk, message: (isOk ? out : err).trim() };
}

function placeOf(context: CliContext, loop: string): LoopAddress {
  const dataDirectory = join(locateProject(loopRequest(context)).data, loop);
  return { loop, task: taskOfFolder(dataDirectory) ?? loop, dataDirectory };
}
