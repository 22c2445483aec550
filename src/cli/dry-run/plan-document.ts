import type { IterationPlan } from '../../runner/plan-iteration.ts';
import type { LoopPlan } from '../../runner/loop-plan.ts';
import { describeGates, type GateFacts } from '../../task/describe-gates.ts';
import type { Problem } from './find-problems.ts';

/** What `dry-run --json` prints. Everything is redacted; of variables only the names are told. */
export interface PlanDocument {
  readonly loop: string;
  readonly task: string;
  readonly iteration: number;
  readonly target: string | null;
  readonly candidates: readonly {
    readonly name: string;
    readonly score: number | null;
    readonly reason: string | null;
  }[];
  readonly skip: { readonly outcome: string; readonly reason: string } | null;
  readonly unfinished: IterationPlan['unfinished'];
  readonly agent: string;
  readonly account: string | null;
  /** Program, then its arguments; null: no worker would start. */
  readonly argv: readonly string[] | null;
  /** false: the program was not found. */
  readonly programFound: boolean;
  readonly cwd: string | null;
  readonly prompt: string | null;
  /** Waiting notes that are in the prompt. */
  readonly notes: number;
  /** What the work has to pass; null: a function of the task says which, once the work is done. */
  readonly gates: readonly GateFacts[] | null;
  readonly env: { readonly passed: readonly string[]; readonly withheld: readonly string[] };
  readonly settings: Readonly<
    Record<string, { readonly value: unknown; readonly source: string; readonly from: string }>
  >;
  /** The task's own settings, defaults included. */
  readonly taskSettings: Readonly<Record<string, unknown>>;
  readonly states: readonly string[];
  readonly problems: readonly Problem[];
  readonly root: string;
  readonly workspace: string;
  readonly dataDir: string;
}

export function planDocument(
  plan: LoopPlan,
  next: IterationPlan,
  problems: readonly Problem[],
): PlanDocument {
  const { composed, equipment, selection } = next;
  const settings = plan.resolved.map(({ name, ...rest }) => [name, rest] as const);
  return plan.redactor.redactValue({
    ...{ loop: plan.loop, task: plan.task.name, iteration: next.iteration },
    ...{ target: selection.target, candidates: selection.candidates },
    ...{ skip: next.skip, unfinished: next.unfinished },
    ...{ agent: plan.agent.name, account: plan.account },
    argv: composed && [composed.order.command.file, ...composed.order.command.args],
    programFound: next.missingPrograms.length === 0,
    cwd: composed?.order.cwd ?? null,
    prompt: composed?.prompt ?? null,
    notes: composed?.notes.length ?? 0,
    gates: describeGates(plan.task, plan.workspace),
    env: {
      passed: Object.keys(composed?.order.env ?? {}).toSorted(),
      withheld: (equipment?.withheld ?? []).toSorted(),
    },
    settings: Object.fromEntries(settings),
    taskSettings: plan.task.own ?? {},
    ...{ states: next.states, problems },
    ...{ root: plan.root, workspace: plan.workspace, dataDir: plan.dataDirectory },
  });
}
