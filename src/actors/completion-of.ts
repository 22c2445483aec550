import type { Completion } from '../domain/completion.ts';
import type { JudgeInput, Judgement } from '../domain/loop-work.ts';
import { isSuccess } from '../domain/outcome.ts';
import type { Report } from '../domain/report.ts';
import { callHook } from '../task/run-hook.ts';
import { hasHook } from '../task/task.ts';
import type { LoopWorld } from './loop-world.ts';
import { leavesOut } from './select-target/leaves-out.ts';
import { taskContext } from './task-context.ts';

interface Ended {
  readonly input: JudgeInput;
  readonly judgement: Pick<Judgement, 'outcome' | 'validation' | 'report'>;
  readonly report: Report | null;
  readonly signal: AbortSignal;
}

/**
 * Whether all is done. A task that can tell is asked, and is believed whatever its agent says; else the agent's report
 * counts, where its work was good. No prose ever does.
 */
export async function completionOf(world: LoopWorld, ended: Ended): Promise<Completion> {
  if (hasHook(world.task, 'isComplete')) {
    if (!(await isDeclared(world, ended))) {
      return 'none';
    }
    return (await leavesOut(world, ended)) ? 'declared_in_part' : 'declared';
  }
  const { outcome, validation, report } = ended.judgement;
  return report === 'complete' && isSuccess(outcome) && validation !== false ? 'reported' : 'none';
}

async function isDeclared(world: LoopWorld, { input, judgement, report, signal }: Ended) {
  const { outcome } = judgement;
  const context = { ...taskContext(world, { ...input, signal }), outcome, report };
  const answer = await callHook(world.task, 'isComplete', context);
  if (!answer.ok) {
    world.log.warn({ iteration: input.iteration }, world.redact(answer.message));
  }
  return answer.ok && answer.value;
}
