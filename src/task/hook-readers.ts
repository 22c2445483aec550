import type * as z from 'zod/mini';
import type { Candidate } from '../domain/target.ts';
import { composePrompt } from './compose-prompt.ts';
import type { WorkerContext } from './context.ts';
import { explainMismatch } from './explain-mismatch.ts';
import { gateOf, gates } from './gate-schemas.ts';
import * as schemas from './hook-schemas.ts';
import { measuresOf } from './measures-of.ts';
import type { ChosenTarget, HookContexts, HookValues, Offer, WorkerOrder } from './hooks.ts';
import type { TargetOffer } from './selection-hooks.ts';
import type { HookName } from './task.ts';

export interface HookReader<Value, Context> {
  /** What the loop goes by where the task has no such hook. */
  readonly absent: (context: Context) => Value;
  /** What came back, in one form, or what is wrong with it. */
  readonly read: (returned: unknown, context: Context) => Reading<Value>;
}

export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };

const MEASURES =
  'nothing or {prd?: {done, total}, issuesFixed?, resourcesImproved?, scenariosValidated?, capabilitiesAdded?, resourcesHealthy?: {healthy, total}, scenariosValid?: {valid, total}, drifted?, ownPaths?}';

/** How each hook's return value is checked and brought into one form. */
export const HOOK_READERS: {
  readonly [Name in HookName]: HookReader<HookValues[Name], HookContexts[Name]>;
} = {
  checkWorkerAvailable: {
    absent: () => ({ available: true, reason: null }),
    read: reader(schemas.availability, 'true, false or {available, reason?}', (answer) =>
      typeof answer === 'boolean'
        ? { available: answer, reason: null }
        : { available: answer.available, reason: answer.reason ?? null },
    ),
  },
  selectTarget: {
    absent: () => null,
    read: reader(
      schemas.selection,
      'a name in one line, null or {target, candidates?}',
      chosenTarget,
    ),
  },
  selector: {
    absent: () => [],
    read: reader(schemas.candidates, 'an array of names or {name, score?, reason?}', (listed) =>
      eachOnce(listed.map(candidate)),
    ),
  },
  targets: {
    absent: () => [],
    read: reader(
      schemas.offers,
      'an array of names or {name, need?, priority?, reason?, graduated?, maturity?, inputs?, version?}, need and what maturity holds from 0 to 1, priority from -1 to 1',
      (offers) => eachOnce(offers.map(offer)),
    ),
  },
  promptCandidates: {
    absent: () => null,
    read: reader(schemas.paths, 'an array of paths', (paths, context) =>
      paths.map((path) => pathFrom(context.taskDir, path)),
    ),
  },
  buildHelperContext: {
    absent: () => '',
    read: reader(schemas.helperContext, 'a string', (text) => text),
  },
  buildPrompt: {
    absent: composePrompt,
    read: reader(schemas.prompt, 'the prompt, a string that is not blank', (text) => text),
  },
  prepareWorkerEnv: {
    absent: () => ({}),
    read: reader(
      schemas.workerEnv,
      'an object of variable names and strings',
      (variables) => variables,
    ),
  },
  runWorker: {
    absent: (context) => workerOrder({}, context),
    read: reader(
      schemas.workerPlan,
      'nothing or {command?, args?, stdin?, env?, cwd?}',
      (plan, context) => workerOrder(plan ?? {}, context),
    ),
  },
  gates: {
    absent: () => [],
    read: reader(gates, 'a list of gates, {name, command, …}, each name once', (list, context) =>
      list.map((gate) => gateOf(gate, context.workspace)),
    ),
  },
  isComplete: {
    absent: () => false,
    read: reader(schemas.yesOrNo, 'true or false', (answer) => answer),
  },
  afterIteration: { absent: () => null, read: reader(schemas.anything, 'nothing', () => null) },
  measure: {
    absent: () => ({}),
    read: reader(schemas.measures, MEASURES, (measured, { workspace }) =>
      measuresOf(measured ?? {}, workspace),
    ),
  },
  epilogue: {
    absent: () => '',
    read: reader(schemas.helperContext, 'a string', (text) => text.trim()),
  },
};

function reader<Schema extends z.ZodMiniType, Value, Context>(
  schema: Schema,
  expected: string,
  convert: (parsed: z.output<Schema>, context: Context) => Value,
): HookReader<Value, Context>['read'] {
  return (returned, context) => {
    const parsed = schema.safeParse(returned);
    return parsed.success
      ? { ok: true, value: convert(parsed.data, context) }
      : {
          ok: false,
          problem: explainMismatch({ expected, returned, issues: parsed.error.issues }),
        };
  };
}

function chosenTarget(answer: z.output<typeof schemas.selection>): ChosenTarget {
  const chosen = typeof answer === 'object' && answer !== null ? answer : { target: answer };
  const listed = chosen.candidates ?? (chosen.target === null ? [] : [chosen.target]);
  return { target: chosen.target, candidates: listed.map(candidate) };
}

function candidate(
  listed: string | { name: string; score?: number | undefined; reason?: string | undefined },
): Candidate {
  return typeof listed === 'string'
    ? { name: listed, score: null, reason: null }
    : { name: listed.name, score: listed.score ?? null, reason: listed.reason ?? null };
}

function offer(listed: z.output<typeof schemas.offers>[number]): Offer {
  const facts = typeof listed === 'string' ? { name: listed } : listed;
  const { name, need = null, priority = 0, graduated = false, inputs = [], version = null } = facts;
  const told = facts.reason === undefined ? {} : { reason: facts.reason };
  const maturity = maturityOf(facts);
  return { name, need, priority, graduated, inputs, version, maturity, ...told };
}

function maturityOf({ maturity }: Pick<TargetOffer, 'maturity'>): Offer['maturity'] {
  const { completion = null, quality = null, documentation = null } = maturity ?? {};
  return maturity === undefined ? null : { completion, quality, documentation };
}

/** The first of those that come again stands where it was. */
function eachOnce<Named extends { readonly name: string }>(listed: readonly Named[]): Named[] {
  const names = new Set<string>();
  return listed.filter(({ name }) => names.size < names.add(name).size);
}

function workerOrder(
  plan: NonNullable<z.output<typeof schemas.workerPlan>>,
  context: WorkerContext,
): WorkerOrder {
  return {
    command:
      plan.command === undefined
        ? null
        : { file: commandFile(plan.command, context), args: plan.args ?? [] },
    stdin: plan.stdin ?? context.prompt,
    env: plan.env ?? {},
    cwd: pathFrom(context.workspace, plan.cwd ?? ''),
  };
}

/** A bare name is looked up on PATH. */
function commandFile(command: string, context: WorkerContext): string {
  return command.includes('/') ? pathFrom(context.taskDir, command) : command;
}

function pathFrom(directory: string, path: string): string {
  return path.startsWith('/') ? path : path === '' ? directory : `${directory}/${path}`;
}
