import { totalmem } from 'node:os';
import type { Environment } from '../domain/environment.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { ResolvedSetting, SettingName, SettingSource, Settings } from '../domain/settings.ts';
import { enforceMode } from './enforce-mode.ts';
import { ownSettings } from './own-settings.ts';
import type { SettingDefinition } from './setting-definition.ts';
import { SETTINGS, settingNames } from './setting-definitions.ts';
import { UNBUILT_SETTINGS } from './unbuilt-settings.ts';

export interface SettingSources {
  /** Flag in camelCase → its text. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Environment;
  /** The task's `defaults`. */
  readonly task: { readonly name: string; readonly defaults: Readonly<Record<string, unknown>> };
  /** The user's `config`; keys are flags without dashes. */
  readonly user: { readonly path: string; readonly values: Readonly<Record<string, unknown>> };
}

export interface SettingResolution {
  readonly settings: Settings;
  readonly resolved: readonly ResolvedSetting[];
}

/** flag > environment > task > user > system. Throws AutoloopError 150 naming setting, value, source and what is allowed. */
export function resolveSettings(
  sources: SettingSources,
  agentIdleTimeout: (agent: string) => number,
): SettingResolution {
  refuseUnknown(sources);
  refuseUnbuilt(sources);
  const environment = ownSettings(sources.environment);
  const entries = settingNames.map((name) => resolveOne(name, { ...sources, environment }));
  const valueOf = (name: SettingName) => entries.find((entry) => entry.name === name)?.value;
  const computed: Partial<Record<SettingName, () => number>> = {
    idleTimeout: () => agentIdleTimeout(String(valueOf('agent'))),
    memory: halfOfTheMachine,
    breakerCooldown: () => Math.max(LEAST_COOLDOWN_SECONDS, 2 * Number(valueOf('interval'))),
  };
  const computedEntries = entries.map((entry) => {
    const compute = entry.value === null ? computed[entry.name] : undefined;
    return compute ? { ...entry, value: compute() } : entry;
  });
  const resolved = enforceMode(computedEntries);
  const settings = Object.fromEntries(resolved.map(({ name, value }) => [name, value]));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name has the value of its own definition
  return { settings: settings as unknown as Settings, resolved: resolved.map(masked) };
}

function masked(setting: ResolvedSetting): ResolvedSetting {
  const { mask }: SettingDefinition = SETTINGS[setting.name];
  return mask === undefined || !Array.isArray(setting.value)
    ? setting
    : { ...setting, value: setting.value.map((item) => mask(String(item))) };
}

const LEAST_COOLDOWN_SECONDS = 10;

/** MB; a machine with little memory swaps rather than that an agent cannot work. */
function halfOfTheMachine(): number {
  return Math.max(4096, Math.floor(totalmem() / 2 ** 21));
}

interface Written {
  readonly text: string;
  /** A file may hold what no text of a setting is: an object, `true`, a list for one word. */
  readonly isWrongType?: boolean;
  readonly source: SettingSource;
  readonly from: string;
}

function resolveOne(name: SettingName, sources: SettingSources): ResolvedSetting {
  const definition: SettingDefinition = SETTINGS[name];
  for (const written of writtenForms(definition, sources)) {
    return { name, ...parse(definition, written), source: written.source, from: written.from };
  }
  return { name, value: definition.fallback, source: 'system', from: 'default' };
}

function* writtenForms(definition: SettingDefinition, sources: SettingSources): Generator<Written> {
  const { name, flag, emptyCounts } = definition;
  const asFlag = sources.flags[name];
  if (asFlag !== undefined) {
    yield { text: asFlag, source: 'flag', from: `--${flag}` };
  }
  for (const variable of variablesOf(definition.env)) {
    const text = sources.environment[variable];
    if (text !== undefined && (text !== '' || emptyCounts)) {
      yield { text, source: 'environment', from: variable };
    }
  }
  const bypass = variablesOf('SKIP_PERMISSIONS').find((variable) => sources.environment[variable]);
  if (name === 'permissionMode' && bypass && sources.environment[bypass] === 'yes') {
    yield { text: 'bypassPermissions', source: 'environment', from: bypass };
  }
  const inTask = sources.task.defaults[name];
  const byTask = asText(inTask, name);
  if (byTask !== null) {
    const from = `defaults of task "${sources.task.name}"`;
    yield { text: byTask, isWrongType: !mayBe(name, inTask), source: 'task', from };
  }
  const inUser = sources.user.values[flag];
  const byUser = asText(inUser, name);
  if (byUser !== null) {
    const from = sources.user.path;
    yield { text: byUser, isWrongType: !mayBe(name, inUser), source: 'user', from };
  }
}

/** `AUTOLOOP_TIMEOUT` wins over `TIMEOUT`. */
export function variablesOf(env: string): string[] {
  return env.startsWith('AUTOLOOP_') ? [env] : [`AUTOLOOP_${env}`, env];
}

function parse(
  definition: SettingDefinition,
  written: Written,
): { value: ResolvedSetting['value'] } {
  const parsed = definition.schema.safeParse(written.text);
  if (parsed.success && !written.isWrongType) {
    return { value: parsed.data };
  }
  const allowed = parsed.error?.issues[0]?.message ?? typesOf(definition.name);
  const shown = definition.mask?.(written.text) ?? written.text;
  throw new AutoloopError({
    code: EXIT.configuration,
    message: `${written.from} is "${shown}", which is not a value of the setting ${definition.flag}.`,
    fix: `Allowed: ${allowed}. Default: ${defaultOf(definition)}.`,
  });
}

function defaultOf({ name, fallback }: SettingDefinition): string {
  return String(fallback ?? COMPUTED[name] ?? 'none') || 'none';
}

/** Defaults that are not one value for all. */
const COMPUTED: Partial<Record<SettingName, string>> = {
  idleTimeout: "the agent's",
  model: "the agent's",
  agentCommand: "the agent's",
  memory: "half of the machine's memory",
  breakerCooldown: 'twice the interval, at least 10',
};

const LISTS: readonly SettingName[] = [
  ...(['agentCommand', 'allowedTools', 'passEnv', 'fallbackAgents'] as const),
  ...(['notify', 'notifyOn'] as const),
];

const SWITCHES: readonly SettingName[] = ['continueSession', 'otel'];

function mayBe(name: SettingName, value: unknown): boolean {
  const isSwitch = SWITCHES.includes(name) && typeof value === 'boolean';
  return isSwitch || isPlain(value) || (LISTS.includes(name) && isPlainList(value));
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function isPlainList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every(isPlain);
}

function typesOf(name: SettingName): string {
  if (SWITCHES.includes(name)) {
    return 'true or false';
  }
  return LISTS.includes(name) ? 'text, or an array of texts' : 'text, or a number';
}

/** A file may write a list as an array; words of a command are quoted again. */
function asText(value: unknown, name?: SettingName): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (!isPlainList(value)) {
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
  return name === 'agentCommand' ? value.map(quoted).join(' ') : value.join(',');
}

function quoted(word: unknown): string {
  return `'${String(word).replaceAll("'", `'\\''`)}'`;
}

/** Flags and variables are known by their names; what a file calls a setting may be a slip. */
function refuseUnknown({ task, user }: SettingSources): void {
  const flags = [...settingNames.map((name) => SETTINGS[name]), ...UNBUILT_SETTINGS].map(
    ({ flag }) => flag,
  );
  const keys = flags.map(camelCase);
  const byTask = Object.keys(task.defaults).find((key) => !keys.includes(key));
  const byUser = Object.keys(user.values).find((key) => !flags.includes(key));
  if (byTask !== undefined || byUser !== undefined) {
    const where = byTask === undefined ? user.path : `The defaults of task "${task.name}"`;
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `${where}: there is no setting named "${byTask ?? byUser}".`,
      fix: `Take it out, or correct it: ${(byTask === undefined ? flags : keys).join(', ')}.`,
    });
  }
}

function refuseUnbuilt(sources: SettingSources): void {
  const environment = ownSettings(sources.environment);
  for (const { flag, env, harmless } of UNBUILT_SETTINGS) {
    const forms: [string, string | null | undefined][] = [
      [`--${flag}`, sources.flags[camelCase(flag)]],
      ...variablesOf(env).map((name): [string, string | undefined] => [
        name,
        environment[name] || undefined,
      ]),
      [`task default ${camelCase(flag)}`, asText(sources.task.defaults[camelCase(flag)])],
      [`${flag} in ${sources.user.path}`, asText(sources.user.values[flag])],
    ];
    const asked = forms.find(([, text]) => text !== undefined && text !== null);
    if (asked && !harmless.includes(asked[1] ?? '')) {
      throw new AutoloopError({
        code: EXIT.configuration,
        message: `${asked[0]} is "${asked[1]}", but the setting ${flag} is not available in this version of autoloop.`,
        fix: `Leave it out: it would have no effect.`,
      });
    }
  }
}

/** `max-turns` → `maxTurns`: what a task calls a setting. */
export function camelCase(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
