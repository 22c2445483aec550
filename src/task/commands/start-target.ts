import type { EndedIterationContext } from '../context.ts';
import { commandFor } from './command-for.ts';
import { startService } from './start-service.ts';

/**
 * For `afterIteration`: sees to it that the iteration's target runs after good work, started by a command that a user has
 * written (`{target}` in it is its name), outside of the worker's tree. An empty command, an iteration without a target, one
 * that failed and the mode `plan`: nothing happens. Throws where it cannot be started.
 */
export async function startTarget(
  context: EndedIterationContext<unknown>,
  written: string,
): Promise<void> {
  const { target, workspace: cwd, dataDir, signal } = context;
  const argv = commandFor(written, target ?? '');
  if (argv.length === 0 || target === null || !isGoodWork(context)) {
    return;
  }
  const started = await startService({ name: target, argv, cwd, dataDir, signal });
  const command = `its start command (${argv.join(' ')})`;
  if (started.how === 'failed') {
    throw new Error(
      `${target} could not be started: ${command} ${started.problem}; what it prints is not kept, run it by hand`,
    );
  }
  context.log(`${target}: ${command} ${WORDS[started.how]}`);
}

function isGoodWork({ outcome, settings }: EndedIterationContext<unknown>): boolean {
  return (outcome === 'succeeded' || outcome === 'no_change') && settings.mode !== 'plan';
}

const WORDS = {
  started: 'ended with exit code 0',
  stays: 'runs on, outside of the worker',
  runs: 'still runs from an earlier iteration',
};
