import type { LoopStatus } from '../domain/loop-status.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { askLoopIn } from '../runner/control-client.ts';
import type { SteeringRequest } from '../runner/control-server.ts';
import { readStatus, type LoopAddress } from '../runner/read-status.ts';
import { dataPaths } from '../stores/data-paths.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';
import { loopPlace } from './status/loop-place.ts';
import { commandFor } from './status/next-command.ts';

export interface Steering {
  readonly request: SteeringRequest;
  /** What to say when the loop has taken it. */
  readonly done: (status: LoopStatus, command: (name: string) => string) => string;
}

/** Asks a living loop for something; exit 3 where none lives. */
export async function steerLoop(
  context: CliContext,
  _: CommandOptions,
  { request, done }: Steering,
): Promise<number> {
  const place = loopPlace(context);
  const status = await tellLoop(context, place, request);
  if (!status) {
    throw notRunning(context, place);
  }
  if (context.globals.json) {
    context.terminal.write(`${JSON.stringify(status)}\n`);
  } else if (!context.globals.quiet) {
    const command = (name: string): string => commandFor(context, place, name);
    context.terminal.write(`${done(status, command)}\n`);
  }
  return EXIT.ok;
}

/** null: no loop lives there. Throws AutoloopError where one lives and does not answer. */
export async function tellLoop(
  context: CliContext,
  place: LoopAddress,
  request: SteeringRequest,
): Promise<LoopStatus | null> {
  const answer = await askLoopIn(dataPaths(place.dataDirectory), request);
  if (answer?.ok) {
    return answer.status;
  }
  const { runner, status } = await readStatus(place);
  if (runner !== 'silent') {
    return null;
  }
  throw notAnswering(context, place, status.pid);
}

export function notAnswering(
  context: CliContext,
  place: LoopAddress,
  pid: number | null,
): AutoloopError {
  return new AutoloopError({
    code: EXIT.internal,
    message: `The runner of loop "${place.loop}" (pid ${pid}) lives, but does not answer.`,
    fix: `End it by force: ${commandFor(context, place, 'stop --force')}`,
  });
}

export function notRunning(context: CliContext, place: LoopAddress): AutoloopError {
  return new AutoloopError({
    code: EXIT.notRunning,
    message: `Loop "${place.loop}" is not running.`,
    fix: `Start it: ${commandFor(context, place, 'start')}`,
  });
}
