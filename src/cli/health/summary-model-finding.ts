import type { LoopPlan } from '../../runner/loop-plan.ts';
import { checkModel } from '../../summaries/ollama/check-model.ts';
import { describeError } from '../../domain/error.ts';
import { ok, warn, type Finding } from './finding.ts';

/** Whether the model that is to write summaries is there; nothing where none is set. Without it a loop runs as well. */
export function summaryModelFindings(plan: LoopPlan): readonly Promise<Finding>[] {
  const { summaryModel: model } = plan.settings;
  return model === null ? [] : [summaryModelFinding(plan, model)];
}

const NAME = 'summary model';
const PATIENCE_MS = 5_000;
const FIX =
  'Start Ollama (OLLAMA_HOST says where), or leave out --summary-model: plain summaries stand.';

async function summaryModelFinding(
  { environment, redactor }: LoopPlan,
  model: string,
): Promise<Finding> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    await checkModel({ host: environment['OLLAMA_HOST'] ?? '', model, signal });
    return ok(NAME, `${model} answers (Ollama)`);
  } catch (error) {
    const late = `no answer within ${PATIENCE_MS / 1000} s`;
    const why = signal.aborted ? late : describeError(error).message;
    return warn(NAME, redactor.redact(`${model}: ${why}`), FIX);
  }
}
