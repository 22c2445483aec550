import * as z from 'zod/mini';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { MODE_NAMES } from '../domain/mode.ts';
import type { TaskDefinition } from './definition.ts';
import { FAILURE_POLICIES } from './failure-policies.ts';
import { describeValue } from './describe-value.ts';
import type { MismatchIssue } from './explain-mismatch.ts';
import { gates } from './gate-schemas.ts';
import { nearestName } from './nearest-name.ts';
import { scoring } from './scoring-schema.ts';
import { HOOK_NAMES } from './task.ts';

/** Where a definition comes from. */
export interface DefinitionSource {
  /** The task's folder is named so. */
  readonly name: string;
  readonly file: string;
}

/** Checks a module's default export. Throws AutoloopError 150 naming the file and everything that is wrong. */
export function parseDefinition(exported: unknown, source: DefinitionSource): TaskDefinition {
  const { file } = source;
  if (exported === undefined) {
    throw refusal(`${file} has no default export.`, `End it with: ${SKELETON}`);
  }
  if (!isDefinition(exported)) {
    throw refusal(
      `${file} is no task: ${problems(exported).join('; ')}.`,
      `Correct ${file}. A task is: ${SKELETON}`,
    );
  }
  if (exported.name !== undefined && exported.name !== source.name) {
    const message = `${file} calls itself "${exported.name}", but its folder is "${source.name}".`;
    throw refusal(message, 'Rename the folder, or remove "name" from the task.');
  }
  return exported;
}

const SKELETON =
  "export default defineTask({ … }), after import { defineTask } from 'autoloop/task'.";

const hook = z.optional(z.custom((value) => typeof value === 'function'));
const settingValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

function policies() {
  const entries = Object.entries(FAILURE_POLICIES);
  return Object.fromEntries(entries.map(([name, allowed]) => [name, z.optional(z.enum(allowed))]));
}

const definition = z.strictObject({
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  defaults: z.optional(z.record(z.string(), settingValue)),
  settings: z.optional(
    z.custom(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        typeof Reflect.get(value, 'safeParse') === 'function',
    ),
  ),
  onFailure: z.optional(z.strictObject(policies())),
  expectsChanges: z.optional(z.boolean()),
  modes: z.optional(z.array(z.enum(MODE_NAMES)).check(z.minLength(1))),
  startGates: z.optional(z.boolean()),
  promptCandidates: hook,
  buildHelperContext: hook,
  buildPrompt: hook,
  checkWorkerAvailable: hook,
  prepareWorkerEnv: hook,
  runWorker: hook,
  selectTarget: hook,
  gates: z.optional(z.union([gates, z.custom((value) => typeof value === 'function')])),
  selector: z.optional(z.union([z.string().check(z.minLength(1)), hook])),
  targets: hook,
  scoring: z.optional(scoring),
  isComplete: hook,
  afterIteration: hook,
  measure: hook,
  epilogue: hook,
});

const EXPECTED: Readonly<Record<string, string>> = {
  name: 'a string',
  description: 'a string',
  defaults: 'an object of settings, like {interval: 60}',
  settings: 'a schema of zod, like z.object({depth: z.number()})',
  onFailure: "an object like {selectTarget: 'stop'}",
  expectsChanges: 'true or false',
  selector: 'a path or a function',
  scoring: 'rules as in docs/selection.md',
  modes: `a list of ${MODE_NAMES.join(', ')}, not empty`,
  startGates: 'true or false',
};

function isDefinition(exported: unknown): exported is TaskDefinition {
  return definition.safeParse(exported).success;
}

function problems(exported: unknown): string[] {
  const issues: readonly MismatchIssue[] = definition.safeParse(exported).error?.issues ?? [];
  return issues.flatMap((issue) => describeIssue(exported, issue));
}

function describeIssue(exported: unknown, issue: MismatchIssue): string[] {
  const [key, setting] = issue.path.map(String);
  if (issue.keys !== undefined) {
    if (key === undefined || key === 'onFailure') {
      return issue.keys.map(key === undefined ? describeUnknownKey : describeUndeclarable);
    }
    return [`"${issue.path.join('.')}" has the unknown key ${issue.keys.join(', ')}`];
  }
  if (typeof exported !== 'object' || exported === null || key === undefined) {
    return [`its default export is ${describeValue(exported)}, not an object`];
  }
  const value: unknown = Reflect.get(exported, key);
  if (key === 'gates') {
    return [describeGates(value)];
  }
  if (EXPECTED[key] === undefined && HOOK_NAMES.some((name) => name === key)) {
    return [`hook "${key}" is ${describeValue(value)}, not a function`];
  }
  if (key === 'onFailure' && setting !== undefined) {
    const allowed = Object.entries(FAILURE_POLICIES).find(([name]) => name === setting)?.[1] ?? [];
    return [`"onFailure.${setting}" is none of ${allowed.join(', ')}`];
  }
  if (key === 'scoring' && setting !== undefined) {
    return [
      `"${issue.path.join('.')}" cannot be that: numbers of 0 and more, counts whole, the seed a string`,
    ];
  }
  return setting === undefined || key !== 'defaults' || typeof value !== 'object' || value === null
    ? [`"${key}" is ${describeValue(value)}, not ${EXPECTED[key] ?? 'known'}`]
    : [
        `"${key}.${setting}" is ${describeValue(Reflect.get(value, setting))}, not a setting's value`,
      ];
}

function describeUndeclarable(name: string): string {
  return `"onFailure.${name}" cannot be declared (only for ${Object.keys(FAILURE_POLICIES).join(', ')})`;
}

function describeGates(value: unknown): string {
  const [issue] = gates.safeParse(value).error?.issues ?? [];
  const place = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part + 1 : part));
  const where = place.length === 0 ? '' : `, see gate ${place.map(String).join(': ')}`;
  return `"gates" is no list of {name, command, …} with each name once, and no function${where}`;
}

function describeUnknownKey(key: string): string {
  const near = nearestName(key, Object.keys(definition.shape));
  return near === null
    ? `unknown key "${key}" (known: ${Object.keys(definition.shape).join(', ')})`
    : `unknown key "${key}", did you mean "${near}"?`;
}

function refusal(message: string, fix: string): AutoloopError {
  return new AutoloopError({ code: EXIT.configuration, message, fix });
}
