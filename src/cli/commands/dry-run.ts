import { EXIT } from '../../domain/error.ts';
import { planIteration } from '../../runner/plan-iteration.ts';
import { checkPrompt } from '../../runner/preflight.ts';
import { prepareLoop } from '../../runner/prepare-loop.ts';
import type { RunCommand } from '../cli-context.ts';
import { describePlan } from '../dry-run/describe-plan.ts';
import { findProblems } from '../dry-run/find-problems.ts';
import { planDocument } from '../dry-run/plan-document.ts';
import { loopRequest } from '../loop-request.ts';

/** What the next iteration would do. What would stop a run is told with it; only without task or prompt nothing can be told. */
export const run: RunCommand = async (context, options) => {
  const plan = await prepareLoop(loopRequest(context, options));
  await checkPrompt(plan);
  const next = await planIteration(plan);
  const document = planDocument(plan, next, await findProblems(plan, next));
  context.terminal.write(
    context.globals.json ? `${JSON.stringify(document)}\n` : describePlan(context, document),
  );
  return EXIT.ok;
};
