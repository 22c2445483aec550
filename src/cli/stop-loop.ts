import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seconds } from '../config/setting-values.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import { askLoop, askLoopIn } from '../runner/control-client.ts';
import { readStatus, type LoopAddress, type LoopReading } from '../runner/read-status.ts';
import type { RunEnd } from '../runner/run-request.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { readOwner } from '../stores/owner-file.ts';
import { guardHolder } from '../stores/guard-holder.ts';
import { guardName } from '../stores/guard-socket.ts';
import { identityOf, isAlive, pidNamespace } from '../stores/process-identity.ts';
import { SystemClock } from '../stores/system-clock.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';
import { playLoop } from './play-loop.ts';
import { loopPlace } from './status/loop-place.ts';
import { commandFor } from './status/next-command.ts';
import { durationText } from './tables/moment-text.ts';

/** Returns when the runner's process has really gone, and says what it did. */
export async function stopLoop(
  context: CliContext,
  options: CommandOptions,
  { force }: { force: boolean },
): Promise<number> {
  const deadline = deadlineOf(options);
  const place = loopPlace(context);
  const { status: before, runner } = await readStatus(place);
  const owner = livingRunner(place, runner);
  const isLive = owner !== null;
  const isUnseen = !isLive && runner === 'answers';
  let isForced = force || Date.now() > deadline;
  if (isLive) {
    isForced = await stopLiving({ context, place, deadline, force, owner });
  } else if (isUnseen) {
    isForced = await stopUnseen({ context, place, deadline, force });
  }
  const left = await readStatus(place);
  if (left.status.stale) {
    const { status, exitCode } = await settle({ context, place, deadline, force: isForced });
    if (status !== null && status.state !== 'stopped') {
      return exitCode;
    }
  }
  say(context, {
    place,
    before,
    isForced,
    isLive: isLive || isUnseen,
    wasStale: left.status.stale,
  });
  return EXIT.ok;
}

/** Whom to wait for, and to kill; null: none lives, or he answers and cannot be seen. Throws where he does neither. */
function livingRunner(place: LoopAddress, runner: LoopReading['runner']): Living['owner'] | null {
  const owner = readOwner(dataPaths(place.dataDirectory).owner);
  if (owner !== null && owner.pidNamespace === pidNamespace() && isAlive(owner)) {
    return owner;
  }
  if (runner !== 'silent') {
    return null;
  }
  const pid = guardHolder(guardName(place.dataDirectory));
  const identity = pid === null ? null : identityOf(pid);
  if (identity === null) {
    throw new AutoloopError({
      code: EXIT.internal,
      message: `The runner of loop "${place.loop}" lives, but does not answer, and its process cannot be seen from here.`,
      fix: 'It was started in another container or PID namespace: call this there.',
    });
  }
  const socket = owner?.socket ?? join(place.dataDirectory, 'control.sock');
  return { ...identity, socket };
}

/** Epoch ms; Infinity: none. Throws AutoloopError 2. */
function deadlineOf({ timeout }: CommandOptions): number {
  if (typeof timeout !== 'string') {
    return Infinity;
  }
  const parsed = seconds(0).safeParse(timeout);
  if (!parsed.success) {
    throw new AutoloopError({
      code: EXIT.usage,
      message: `--timeout is "${timeout}", which is no length of time.`,
      fix: `Allowed: ${parsed.error.issues[0]?.message ?? 'seconds'}.`,
    });
  }
  return Date.now() + parsed.data * 1000;
}

interface Stopping {
  readonly context: CliContext;
  readonly place: LoopAddress;
  readonly deadline: number;
  readonly force: boolean;
}

interface Living extends Stopping {
  readonly owner: ProcessIdentity & { readonly socket: string };
}

/** Whether the worker was not left its time in the end. */
async function stopLiving({ context, place, deadline, force, owner }: Living): Promise<boolean> {
  const answer = await askLoop(owner.socket, { command: 'stop', force });
  if (!answer?.ok && force) {
    killHanging(owner);
  }
  const now = commandFor(context, place, 'stop --force');
  if (!answer?.ok && !force && isAlive(owner)) {
    context.terminal.notice(
      `The runner (pid ${owner.pid}) lives, but does not answer. End it by force: ${now}`,
    );
  } else if (answer?.ok && !force && answer.status.worker && !context.globals.quiet) {
    context.terminal.notice(
      `Iteration ${answer.status.iteration} is finished first${bound(deadline)}. Ctrl-C ends only this waiting; end the worker now: ${now}`,
    );
  }
  let isForced = force;
  let giveUpAt = force ? Date.now() + LONGEST_FORCED_MS : Infinity;
  while (isAlive(owner)) {
    if (!isForced && Date.now() > deadline) {
      isForced = true;
      giveUpAt = Date.now() + LONGEST_FORCED_MS;
      if (!(await askLoop(owner.socket, { command: 'stop', force: true }))?.ok) {
        killHanging(owner);
      }
    }
    if (Date.now() > giveUpAt) {
      killHanging(owner);
    }
    await sleep(50);
  }
  return isForced;
}

/** A runner that promised the end and does not come to it. Where the grace is longer, whoever settles the run gives it. */
const LONGEST_FORCED_MS = 300_000;

/** It answers, and its pid is none here: its owner file is lost, or it lives in another pid namespace. */
async function stopUnseen({ place, deadline, force }: Stopping): Promise<boolean> {
  const paths = dataPaths(place.dataDirectory);
  let isForced = force;
  await askLoopIn(paths, { command: 'stop', force });
  while ((await readStatus(place)).runner === 'answers') {
    if (!isForced && Date.now() > deadline) {
      isForced = true;
      await askLoopIn(paths, { command: 'stop', force: true });
    }
    await sleep(100);
  }
  return isForced;
}

/** It lives and does not hear: its worker is ended by whoever settles the run. */
function killHanging(owner: ProcessIdentity): void {
  if (isAlive(owner)) {
    process.kill(owner.pid, 'SIGKILL');
  }
}

/** Ends the run of a dead runner from here; its progress is no part of what `--json` prints. */
async function settle({ context, place, deadline, force }: Stopping): Promise<RunEnd> {
  const { globals } = context;
  const forceIt = (): void => {
    const own = readOwner(dataPaths(place.dataDirectory).owner);
    void (own && askLoop(own.socket, { command: 'stop', force: true }));
  };
  let endTimer = (): void => {};
  const ready = (): void => {
    if (deadline < Infinity) {
      endTimer = new SystemClock().startTimer(deadline - Date.now(), forceIt);
    }
  };
  const quiet = {
    ...context,
    globals: { ...globals, quiet: globals.quiet || globals.json, json: false },
  };
  try {
    return await playLoop(quiet, {}, { mode: 'settle', force, ready });
  } finally {
    endTimer();
  }
}

function bound(deadline: number): string {
  return deadline < Infinity
    ? `, or ended in ${durationText(Math.max(0, deadline - Date.now()) / 1000)}`
    : '';
}

interface Stopped {
  readonly place: LoopAddress;
  /** Its worker was not left its time. */
  readonly isForced: boolean;
  readonly before: LoopStatus;
  readonly isLive: boolean;
  readonly wasStale: boolean;
}

function say({ terminal, globals }: CliContext, stopped: Stopped): void {
  const { place, before, isLive, wasStale, isForced } = stopped;
  if (globals.json) {
    terminal.write(`${JSON.stringify({ loop: place.loop, stopped: isLive || wasStale })}\n`);
  } else if (!globals.quiet) {
    terminal.write(`${isLive || wasStale ? sentence(place, before, isForced) : nothing(place)}\n`);
  }
}

function nothing({ loop }: LoopAddress): string {
  return `Nothing to stop: loop "${loop}" is not running.`;
}

function sentence({ loop }: LoopAddress, before: LoopStatus, isForced: boolean): string {
  const isWaiting = before.state.startsWith('waiting');
  const during = isForced && before.worker !== null ? 'Its worker was ended.' : '';
  const words = isWaiting ? 'It was waiting.' : during;
  return `Loop "${loop}" has stopped (iteration ${before.iteration}). ${words}`.trimEnd();
}
