import type { LoopPlan } from '../../runner/loop-plan.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { RunMode } from '../../runner/run-request.ts';
import type { CliContext } from '../cli-context.ts';
import { plural } from '../tables/amount-text.ts';
import { boundsLine } from './bounds-line.ts';
import { pathText } from '../tables/path-text.ts';

export interface Beginning {
  readonly mode: RunMode;
  readonly status: LoopStatus;
}

/** Who does what with whose money, and what bounds it. */
export function tellStart(context: CliContext, plan: LoopPlan, { mode, status }: Beginning): void {
  if (context.globals.quiet || context.globals.json) {
    return;
  }
  const { agent, agents, account, loop } = plan;
  const billed = account === null ? '' : `, billed to ${account}`;
  const others = agents.slice(1).map((choice) => choice.agent.name);
  const fallback = others.length === 0 ? '' : `, while it is limited ${others.join(', ')}`;
  const data = pathText(plan.dataDirectory, context.cwd);
  context.terminal.write(
    `Loop "${loop}", agent ${agent.name}${billed}${fallback}. Data: ${data}\n`,
  );
  if (process.pid === 1) {
    context.terminal.notice(NO_INIT);
  }
  if (status.totals.iterations > 0) {
    const done = plural(status.totals.iterations, 'iteration');
    context.terminal.write(
      `The run goes on: ${done} so far, the last is number ${status.iteration}.\n`,
    );
  }
  if (mode === 'run') {
    context.terminal.write(`${boundsLine(status)}\n`);
  }
}

/** Nobody but process 1 is told of the end of what its parent left, and Node does not ask. */
const NO_INIT =
  'This is process 1, and no init: whatever tools leave behind stays as a zombie. Start the container with one: docker run --init';
