import { EXIT } from '../../domain/error.ts';
import { outcomeRule } from '../../domain/outcome.ts';
import { planSelection } from '../../runner/plan-selection.ts';
import { prepareLoop } from '../../runner/prepare-loop.ts';
import type { RunCommand } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { describeSelection } from '../select/describe-selection.ts';
import { selectionDocument } from '../select/selection-document.ts';

/** What the next iteration would choose. Exits with the code of `selection_failed` where it would choose nothing for that. */
export const run: RunCommand = async (context, options) => {
  const { explain, ...rest } = options;
  const plan = await prepareLoop(loopRequest(context, rest));
  const selection = await planSelection(plan);
  const document = plan.redactor.redactValue(selectionDocument(plan, selection));
  context.terminal.write(
    context.globals.json
      ? `${JSON.stringify(document)}\n`
      : describeSelection(context, document, explain === true),
  );
  return selection.skip === null ? EXIT.ok : outcomeRule(selection.skip.outcome).exitCode;
};
