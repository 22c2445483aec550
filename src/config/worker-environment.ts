import type { Environment } from '../domain/environment.ts';
import { NON_INTERACTIVE } from './non-interactive.ts';
import type { ATTEMPT_FACTS } from './own-settings.ts';
import { camelCase, variablesOf } from './resolve-settings.ts';
import { SETTINGS } from './setting-definitions.ts';
import { UNBUILT_SETTINGS } from './unbuilt-settings.ts';

export interface WorkerEnvironmentRequest {
  /** The runner's own. */
  readonly environment: Environment;
  /** `isSecretLikeName` and `hasUrlUserinfo` of the redactor. */
  readonly looksSecret: (name: string, value: string) => boolean;
  /** Secret-like variables that are the agent's own login. */
  readonly login: readonly string[];
  readonly passEnv: readonly string[];
  /** What the adapter sets. */
  readonly agentEnv: Readonly<Record<string, string>>;
  /** What the task's hooks returned, settings taken out. */
  readonly taskEnv: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<(typeof ATTEMPT_FACTS)[number], string>>;
}

export interface WorkerEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** Names of variables that look secret and were not asked for. */
  readonly withheld: readonly string[];
}

/** `NODE_OPTIONS` of the user comes back by another name: the launcher keeps it from us. */
const OURS = ['NODE_COMPILE_CACHE', 'NODE_OPTIONS', 'SKIP_PERMISSIONS', 'PROMPT_PATH', 'LOOP_TASK'];

/** What a worker may see; contract.md section 7. */
export function workerEnvironment(request: WorkerEnvironmentRequest): WorkerEnvironment {
  const asked = [...request.login, ...request.passEnv];
  const { env, withheld } = bareEnvironment({ ...request, asked });
  const { agentEnv, taskEnv, facts } = request;
  return { env: { ...env, ...agentEnv, ...passed(request), ...taskEnv, ...facts }, withheld };
}

export type BareEnvironmentRequest = Pick<
  WorkerEnvironmentRequest,
  'environment' | 'looksSecret'
> & {
  /** Variables that are let pass although they look secret. */
  readonly asked: readonly string[];
};

/** What a program may see that is told nothing of an attempt: the runner's environment without secrets and settings. */
export function bareEnvironment(request: BareEnvironmentRequest): WorkerEnvironment {
  const env: Record<string, string> = {};
  const withheld: string[] = [];
  const asked = new Set(request.asked);
  for (const [name, value] of Object.entries(request.environment)) {
    if (value === undefined || isOurs(name)) {
      continue;
    }
    if (asked.has(name) || !request.looksSecret(name, value)) {
      env[name] = value;
    } else {
      withheld.push(name);
    }
  }
  const nodeOptions = request.environment['AUTOLOOP_NODE_OPTIONS'];
  Object.assign(env, NON_INTERACTIVE, nodeOptions ? { NODE_OPTIONS: nodeOptions } : {});
  return { env, withheld };
}

/** `--pass-env` beats what an adapter sets. */
function passed({ environment, passEnv }: WorkerEnvironmentRequest): Record<string, string> {
  const named = passEnv.flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(named);
}

function isOurs(name: string): boolean {
  return SETTING_VARIABLES.has(name) || /^(?:AUTOLOOP|LOOP)_/.test(name) || OURS.includes(name);
}

const ALL_SETTINGS = [...Object.values(SETTINGS), ...UNBUILT_SETTINGS];

const SETTING_VARIABLES: ReadonlySet<string> = new Set(
  ALL_SETTINGS.flatMap(({ env }) => variablesOf(env)),
);

const BYPASS = variablesOf('SKIP_PERMISSIONS');

export interface TaskEnvironment {
  /** Settings of this attempt, as text: flag in camelCase → value. */
  readonly settings: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The name of a setting in what `prepareWorkerEnv` returned is that attempt's task default, and is not passed on; one
 * that is not built yet is among them, to be refused as such.
 */
export function splitTaskEnv(taskEnv: Readonly<Record<string, string>>): TaskEnvironment {
  const settings: Record<string, string> = {};
  if (firstOf(taskEnv, BYPASS) === 'yes') {
    settings[SETTINGS.permissionMode.name] = 'bypassPermissions';
  }
  for (const { flag, env } of ALL_SETTINGS) {
    const value = firstOf(taskEnv, variablesOf(env));
    if (value !== undefined) {
      settings[camelCase(flag)] = value;
    }
  }
  const env = Object.entries(taskEnv).filter(
    ([name]) => !SETTING_VARIABLES.has(name) && !BYPASS.includes(name),
  );
  return { settings, env: Object.fromEntries(env) };
}

function firstOf(env: Readonly<Record<string, string>>, names: readonly string[]) {
  const name = names.find((candidate) => env[candidate] !== undefined);
  return name === undefined ? undefined : env[name];
}
