import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../domain/error.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import { askLoop } from '../runner/control-client.ts';
import { readStatus, type LoopAddress } from '../runner/read-status.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { readOwner } from '../stores/owner-file.ts';
import { isAlive } from '../stores/process-identity.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';
import { playLoop } from './play-loop.ts';
import { loopPlace } from './status/loop-place.ts';

/** Returns when the runner's process has really gone, and says what it did. */
export async function stopLoop(
  context: CliContext,
  options: CommandOptions,
  { force }: { force: boolean },
): Promise<number> {
  const place = loopPlace(context);
  const owner = readOwner(dataPaths(place.dataDirectory).owner);
  const isLive = owner !== null && isAlive(owner);
  const before = (await readStatus(place)).status;
  if (isLive && !(await stopLiving({ context, options, force, owner }))) {
    return EXIT.ok;
  }
  const left = await readStatus(place);
  if (left.status.stale) {
    await playLoop(context, {}, { mode: 'settle', force });
  }
  say(context, { place, before, isLive, wasStale: left.status.stale });
  return EXIT.ok;
}

interface Living {
  readonly context: CliContext;
  readonly options: CommandOptions;
  readonly force: boolean;
  readonly owner: ProcessIdentity & { readonly socket: string };
}

/** false: the operator does not want to wait any longer. */
async function stopLiving({ context, options, force, owner }: Living): Promise<boolean> {
  const answer = await askLoop(owner.socket, { command: 'stop', force });
  if (!answer?.ok && force) {
    killHanging(owner);
  }
  const limitMs = typeof options['timeout'] === 'string' ? Number(options['timeout']) * 1000 : null;
  if (answer?.ok && !force && answer.status.worker && !context.globals.quiet) {
    context.terminal.notice(
      `Iteration ${answer.status.iteration} is finished first. Ctrl-C ends only this waiting; end the worker now: autoloop stop --force`,
    );
  }
  const begun = Date.now();
  let isForced = force;
  while (isAlive(owner)) {
    if (limitMs !== null && !isForced && Date.now() - begun > limitMs) {
      isForced = true;
      if (!(await askLoop(owner.socket, { command: 'stop', force: true }))?.ok) {
        killHanging(owner);
      }
    }
    await sleep(50);
  }
  return true;
}

/** It lives and does not answer: its worker is ended by whoever settles the run. */
function killHanging(owner: ProcessIdentity): void {
  if (isAlive(owner)) {
    process.kill(owner.pid, 'SIGKILL');
  }
}

interface Stopped {
  readonly place: LoopAddress;
  readonly before: LoopStatus;
  readonly isLive: boolean;
  readonly wasStale: boolean;
}

function say({ terminal, globals }: CliContext, stopped: Stopped): void {
  const { place, before, isLive, wasStale } = stopped;
  if (globals.json) {
    terminal.write(`${JSON.stringify({ loop: place.loop, stopped: isLive || wasStale })}\n`);
  } else if (!globals.quiet) {
    terminal.write(`${sentence(place, before, isLive || wasStale)}\n`);
  }
}

function sentence(place: LoopAddress, before: LoopStatus, didStop: boolean): string {
  if (!didStop) {
    return `Nothing to stop: loop "${place.loop}" is not running.`;
  }
  const during = before.state.startsWith('waiting')
    ? 'It was waiting.'
    : `It was in ${before.state}.`;
  return `Loop "${place.loop}" has stopped (iteration ${before.iteration}). ${during}`;
}
