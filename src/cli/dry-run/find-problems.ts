import { describeError } from '../../domain/error.ts';
import type { IterationPlan } from '../../runner/plan-iteration.ts';
import type { LoopPlan } from '../../runner/loop-plan.ts';
import { checkNotify } from '../../runner/check-notify.ts';
import { checkRepository } from '../../runner/check-repository.ts';
import { describeGates } from '../../task/describe-gates.ts';
import { checkAgent, checkDisk, checkWorker, checkWorkspace } from '../../runner/preflight.ts';

/** Why a run would not begin, or not well. */
export interface Problem {
  /** Exit code a run would have; null: it would go on with a warning. */
  readonly code: number | null;
  readonly message: string;
  readonly fix: string | null;
}

/** Everything that is wrong, not only the first thing. */
export async function findProblems(plan: LoopPlan, next: IterationPlan): Promise<Problem[]> {
  const checks: (() => Promise<unknown>)[] = [
    async () => checkDisk(plan),
    async () => checkWorkspace(plan),
    () => checkRepository(plan),
    async () => checkAgent(plan),
    async () => checkNotify(plan),
    () => checkWorker(plan),
  ];
  const problems: Problem[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      problems.push(describeError(error));
    }
  }
  const said = problems.map(({ message }) => message).join('\n');
  const missing = next.missingPrograms.filter((file) => !said.includes(file));
  return [
    ...problems,
    ...missing.map(notFound),
    ...impassableGates(plan, next),
    ...next.warnings.map(warning),
  ];
}

/** A program named by its path may be what the worker is to build. */
function impassableGates(plan: LoopPlan, { composed }: IterationPlan): Problem[] {
  const env = composed?.order.env ?? plan.environment;
  const gates = describeGates(plan.task, plan.workspace) ?? [];
  return gates.flatMap(({ name, argv: [program = ''] }) =>
    program.includes('/') || plan.resolveProgram(program, env) !== null
      ? []
      : [
          {
            code: null,
            message: `No work can pass the gate "${name}": its program "${program}" was not found.`,
            fix: 'Install it, or correct the command of the gate.',
          },
        ],
  );
}

function notFound(file: string): Problem {
  return {
    code: null,
    message: `The program "${file}" was not found.`,
    fix: 'Install it, or correct its path.',
  };
}

function warning(message: string): Problem {
  return { code: null, message, fix: null };
}
