import { hookContext } from '../../runner/preflight.ts';
import type { LoopPlan } from '../../runner/loop-plan.ts';
import type { RunEnd } from '../../runner/run-request.ts';
import { callHook } from '../../task/run-hook.ts';
import type { CliContext } from '../cli-context.ts';
import { programName } from '../program-name.ts';

/** What the task has to say at the end of a run. */
export async function tellEpilogue(
  context: CliContext,
  plan: LoopPlan,
  end: RunEnd,
): Promise<void> {
  const { globals, terminal, environment } = context;
  if (globals.json || globals.quiet || !end.status) {
    return;
  }
  const told = await callHook(plan.task, 'epilogue', {
    ...hookContext(plan),
    runId: end.status.runId,
    iteration: end.status.iteration,
    ending: {
      reason: end.reason,
      exitCode: end.exitCode,
      iterations: end.status.totals.iterations,
    },
    program: programName(environment),
  });
  if (told.ok && told.value !== '') {
    terminal.write(`\n${told.value}\n`);
  }
}
