import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { makePrivateDirectory } from '../stores/private-directory.ts';
import { temporaryPath } from '../stores/temporary-file.ts';
import { findInstallation } from './installation.ts';

export interface DetachedStart {
  /** Arguments of `autoloop`, beginning with `run`. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** The loop's data folder, absolute: what the runner says on stderr is kept there. */
  readonly directory: string;
}

/**
 * Starts a runner in a session of its own and waits until it says over fd 3 that its loop is up; resolves with its pid.
 * Throws what it says where it is not.
 */
export async function startDetached(start: DetachedStart): Promise<number> {
  makePrivateDirectory(start.directory);
  // A name of its own until the runner has the lock: a living one's must not be written over.
  const trace = temporaryPath(dataPaths(start.directory).trace);
  try {
    return await startTraced(start, trace);
  } finally {
    rmSync(trace, { force: true });
  }
}

async function startTraced({ args, cwd }: DetachedStart, trace: string): Promise<number> {
  const stderr = openSync(trace, 'ax', 0o600);
  const given = [...args, '--ready-fd', '3', '--trace', trace];
  const child = spawn(findInstallation().launcher, given, {
    cwd,
    detached: true,
    stdio: ['ignore', 'ignore', stderr, 'pipe'],
  });
  closeSync(stderr);
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const pipe = child.stdio[3];
  const told = await Promise.race([pipe instanceof Readable ? readAll(pipe) : '', failed]);
  child.unref();
  const answer = parse(told);
  if (answer?.ready === true && child.pid !== undefined) {
    return child.pid;
  }
  throw new AutoloopError({
    code: answer?.error?.code ?? EXIT.internal,
    message: answer?.error?.message ?? 'The runner ended before its loop was up.',
    ...(answer?.error?.fix && { fix: answer.error.fix }),
  });
}

/** What the child writes to fd 3 before it closes it. */
export interface ReadyReport {
  readonly ready?: true;
  readonly error?: { readonly code: number; readonly message: string; readonly fix: string | null };
}

async function readAll(pipe: Readable): Promise<string> {
  let text = '';
  for await (const chunk of pipe) {
    text += String(chunk);
  }
  return text;
}

function parse(text: string): ReadyReport | null {
  try {
    const told: unknown = JSON.parse(text);
    return isReport(told) ? told : null;
  } catch {
    return null;
  }
}

function isReport(told: unknown): told is ReadyReport {
  return typeof told === 'object' && told !== null && ('ready' in told || 'error' in told);
}
