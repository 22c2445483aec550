import { spawn } from 'node:child_process';
import type { AttemptOrder } from '../domain/attempt.ts';
import type { Environment } from '../domain/environment.ts';
import { encodeFrame } from '../isolation/frame.ts';
import { findInstallation } from './installation.ts';

/**
 * Starts an isolation layer in a session of its own and hands it the order. Resolves with its exit code, null for a
 * signal's death or a start that failed; what came of the attempt is told by its directory alone.
 */
export function startIsolation(
  order: AttemptOrder,
  environment: Environment,
): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...NODE_FLAGS, findInstallation().isolation], {
      cwd: '/',
      detached: true,
      env: ownEnvironment(environment),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
    child.stdin?.on('error', () => {});
    child.stdin?.end(encodeFrame(order));
    child.unref();
  });
}

const NODE_FLAGS = ['--max-semi-space-size=1', '--disable-warning=ExperimentalWarning'];

/**
 * The compile cache, which halves its start; PATH, to find what it makes pipes with; and, where this autoloop runs inside
 * a worker itself, the mark by which the outer one finds all that belongs to it.
 */
const KEPT = ['NODE_COMPILE_CACHE', 'PATH', 'AUTOLOOP_ATTEMPT_ID'];

function ownEnvironment(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(KEPT.map((name) => [name, environment[name]]));
}
