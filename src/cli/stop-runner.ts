import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import { askLoop, askLoopIn } from '../runner/control-client.ts';
import { readStatus, type LoopAddress, type LoopReading } from '../runner/read-status.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { guardHolder } from '../stores/guard-holder.ts';
import { guardName } from '../stores/guard-socket.ts';
import { readOwner } from '../stores/owner-file.ts';
import { identityOf, isAlive, pidNamespace } from '../stores/process-identity.ts';
import type { CliContext } from './cli-context.ts';
import { commandFor } from './status/next-command.ts';
import { durationText } from './tables/moment-text.ts';

export interface Stopping {
  readonly context: CliContext;
  readonly place: LoopAddress;
  /** Epoch ms; Infinity: none. */
  readonly deadline: number;
  readonly force: boolean;
}

interface Living extends Stopping {
  readonly owner: ProcessIdentity & { readonly socket: string };
}

/** Whom to wait for, and to kill; null: none lives, or he answers and cannot be seen. Throws where he does neither. */
export function livingRunner(
  place: LoopAddress,
  runner: LoopReading['runner'],
): Living['owner'] | null {
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

/** Whether the worker was not left its time in the end. */
export async function stopLiving({
  context,
  place,
  deadline,
  force,
  owner,
}: Living): Promise<boolean> {
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
export async function stopUnseen({ place, deadline, force }: Stopping): Promise<boolean> {
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

function bound(deadline: number): string {
  return deadline < Infinity
    ? `, or ended in ${durationText(Math.max(0, deadline - Date.now()) / 1000)}`
    : '';
}
