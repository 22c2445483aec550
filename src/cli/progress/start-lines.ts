import type { LoopPlan } from '../../runner/loop-plan.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { CliContext } from '../cli-context.ts';
import { plural } from '../tables/amount-text.ts';
import { pathText } from '../tables/path-text.ts';

/** Who does what with whose money, and what bounds it. */
export function tellStart(context: CliContext, plan: LoopPlan, status: LoopStatus): void {
  if (context.globals.quiet || context.globals.json) {
    return;
  }
  const { agent, account, settings, loop } = plan;
  const billed = account === null ? '' : `, billed to ${account}`;
  const data = pathText(plan.dataDirectory, context.cwd);
  context.terminal.write(`Loop "${loop}", agent ${agent.name}${billed}. Data: ${data}\n`);
  if (status.totals.iterations > 0 || status.iteration > 0) {
    context.terminal.write(
      `Run ${status.runId}: ${plural(status.totals.iterations, 'iteration')} so far, the last is number ${status.iteration}.\n`,
    );
  }
  if (settings.max === 0) {
    context.terminal.write(
      'No --max is set: it runs until it is stopped, or ' +
        (settings.maxFailures > 0
          ? `${settings.maxFailures} iterations in a row fail.\n`
          : 'for ever.\n'),
    );
  }
}
