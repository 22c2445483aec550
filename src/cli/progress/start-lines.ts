import type { LoopPlan } from '../../runner/loop-plan.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { RunMode } from '../../runner/run-request.ts';
import type { CliContext } from '../cli-context.ts';
import { plural } from '../tables/amount-text.ts';
import { pathText } from '../tables/path-text.ts';

/** Who does what with whose money, and what bounds it. */
export function tellStart(
  context: CliContext,
  plan: LoopPlan,
  { mode, status }: { mode: RunMode; status: LoopStatus },
): void {
  if (context.globals.quiet || context.globals.json) {
    return;
  }
  const { agent, account, settings, loop } = plan;
  const billed = account === null ? '' : `, billed to ${account}`;
  const data = pathText(plan.dataDirectory, context.cwd);
  context.terminal.write(`Loop "${loop}", agent ${agent.name}${billed}. Data: ${data}\n`);
  if (process.pid === 1) {
    context.terminal.notice(NO_INIT);
  }
  if (status.totals.iterations > 0) {
    const done = plural(status.totals.iterations, 'iteration');
    context.terminal.write(
      `The run goes on: ${done} so far, the last is number ${status.iteration}.\n`,
    );
  }
  if (settings.max === 0 && mode === 'run') {
    context.terminal.write(
      'No --max is set: it runs until it is stopped, or ' +
        (settings.maxFailures > 0
          ? `${settings.maxFailures} iterations in a row fail.\n`
          : 'for ever.\n'),
    );
  }
}

/** Nobody but process 1 is told of the end of what its parent left, and Node does not ask. */
const NO_INIT =
  'This is process 1, and no init: whatever tools leave behind stays as a zombie. Start the container with one: docker run --init';
