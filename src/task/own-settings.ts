import { AutoloopError, EXIT } from '../domain/error.ts';
import { nearestName } from './nearest-name.ts';

/** What a task takes as the schema of its own settings: any of zod's. */
export interface OwnSchema<Own> {
  safeParse(value: unknown): OwnParsed<Own>;
}

export type OwnParsed<Own> =
  | { readonly success: true; readonly data: Own }
  | { readonly success: false; readonly error: OwnError };

interface OwnError {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

export type OwnSettings = Readonly<Record<string, unknown>>;

export interface OwnRequest {
  readonly task: string;
  /** undefined: the task has no settings of its own. */
  readonly schema: OwnSchema<unknown> | undefined;
  /** `key=value,key=value`, or a JSON object; null: nothing is set. */
  readonly text: string | null;
  /** `--task-settings`, the file of the user's config, … */
  readonly from: string;
}

/** What a task's own settings come to, its defaults included. Throws AutoloopError 150 naming setting, source and what is wrong. */
export function readOwnSettings(request: OwnRequest): OwnSettings {
  const { schema, text } = request;
  const written = text === null || text.trim() === '' ? {} : writtenIn(request, text.trim());
  if (schema === undefined) {
    return Object.keys(written).length === 0 ? {} : refuse(request, NO_SETTINGS);
  }
  refuseUnknown(request, Object.keys(written));
  return checked(request, schema, written);
}

/** Names of its settings, as far as its schema tells. */
export function ownSettingNames(schema: OwnSchema<unknown>): readonly string[] | null {
  const shape: unknown = Reflect.get(schema, 'shape');
  return isRecord(shape) ? Object.keys(shape) : null;
}

const NO_SETTINGS = {
  problem: 'it has no settings of its own',
  fix: 'Leave them out; settings of autoloop are flags of their own.',
};

function writtenIn(request: OwnRequest, text: string): OwnSettings {
  if (text.startsWith('{')) {
    return inJson(request, text);
  }
  const pairs = text.split(',').map((pair) => /^\s*([^=\s]+)\s*=(.*)$/s.exec(pair));
  const entries = pairs.map((pair): [string, string] => {
    const [, key = '', value = ''] = pair ?? refuse(request, NO_PAIRS);
    return [key, value.trim()];
  });
  return Object.fromEntries(entries);
}

const NO_PAIRS = {
  problem: 'they are not written as settings',
  fix: `As in: --task-settings "depth=3,path=src"; or in JSON: --task-settings '{"depth": 3}'`,
};

function inJson(request: OwnRequest, text: string): OwnSettings {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : refuse(request, NO_PAIRS);
  } catch {
    return refuse(request, NO_PAIRS);
  }
}

/** Most schemas drop what they do not know: a slip must not be lost without a word. */
function refuseUnknown(request: OwnRequest, keys: readonly string[]): void {
  const known = (request.schema && ownSettingNames(request.schema)) ?? keys;
  const strange = keys.find((key) => !known.includes(key));
  if (strange !== undefined) {
    const near = nearestName(strange, known);
    refuse(request, {
      problem: `it has none named "${strange}"`,
      fix: near === null ? `It has: ${known.join(', ') || 'none'}.` : `Did you mean ${near}?`,
    });
  }
}

/** `3` and `true` are what they look like, unless the schema wants text. */
function checked(
  request: OwnRequest,
  schema: OwnSchema<unknown>,
  written: OwnSettings,
): OwnSettings {
  const typed = Object.entries(written).map(([key, value]) => [key, asItLooks(value)]);
  const parsed = parse(schema, Object.fromEntries(typed));
  const found = parsed.success ? parsed : parse(schema, written);
  if (!found.success) {
    const issue = (parsed.success ? found : parsed).error.issues[0];
    const name = issue?.path.map(String).join('.') ?? '';
    return refuse(request, {
      problem: `${name === '' ? '' : `${name}: `}${issue?.message ?? 'its schema refuses them'}`,
      fix: 'Correct it; autoloop config list --task NAME tells what there is.',
    });
  }
  return isRecord(found.data) ? found.data : { value: found.data };
}

/** A schema is the task's code. */
function parse(schema: OwnSchema<unknown>, value: unknown): OwnParsed<unknown> {
  try {
    return schema.safeParse(value);
  } catch (error) {
    const message = `its schema threw: ${error instanceof Error ? error.message : String(error)}`;
    return { success: false, error: { issues: [{ path: [], message }] } };
  }
}

function asItLooks(value: unknown): unknown {
  return typeof value === 'string' && /^(?:-?\d{1,15}(?:\.\d+)?|true|false)$/.test(value)
    ? JSON.parse(value.replace(/^(-?)0+(?=\d)/, '$1'))
    : value;
}

function refuse(
  { task, from, text }: OwnRequest,
  { problem, fix }: { problem: string; fix: string },
): never {
  const which = text === null ? `The settings of task "${task}"` : `${from} of task "${task}"`;
  throw new AutoloopError({
    code: EXIT.configuration,
    message: `${which}: ${problem}.`,
    fix,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
