import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../domain/environment.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { SETTINGS, settingNames } from './setting-definitions.ts';
import { UNBUILT_SETTINGS } from './unbuilt-settings.ts';

/** The user's defaults: `config.json` of autoloop's configuration folder. Keys are flags without dashes. */
export interface UserConfig {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Reading creates nothing and loads no library: every start reads. Throws AutoloopError 150 where the file is broken. */
export function readUserConfig(environment: Environment): UserConfig {
  const path = join(userConfigDirectory(environment), 'config.json');
  if (!existsSync(path)) {
    return { path, values: {} };
  }
  const values = parse(readFileSync(path, 'utf8'));
  if (!values) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `The user's configuration is no JSON object: ${path}. It was left as it is.`,
      fix: `Correct it, or move it away.`,
    });
  }
  return { path, values };
}

export async function setUserConfig(
  environment: Environment,
  key: string,
  text: string,
): Promise<void> {
  const definition = definitionOf(key);
  const parsed = definition.schema.safeParse(text);
  if (!parsed.success) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `"${text}" is not a value of the setting ${key}.`,
      fix: `Allowed: ${parsed.error.issues[0]?.message ?? 'something else'}.`,
    });
  }
  await write(environment, (config) => config.set(key, text));
}

export async function unsetUserConfig(environment: Environment, key: string): Promise<void> {
  await write(environment, (config) => config.delete(key));
}

export function definitionOf(key: string) {
  const name = settingNames.find((candidate) => SETTINGS[candidate].flag === key);
  if (name) {
    return SETTINGS[name];
  }
  const isKnown = UNBUILT_SETTINGS.some(({ flag }) => flag === key);
  throw new AutoloopError({
    code: EXIT.configuration,
    message: isKnown
      ? `The setting ${key} is not available in this version of autoloop.`
      : `There is no setting named ${key}.`,
    fix: `Settings: ${settingNames.map((candidate) => SETTINGS[candidate].flag).join(', ')}.`,
  });
}

function userConfigDirectory(environment: Environment): string {
  const own = environment['AUTOLOOP_CONFIG_DIR'];
  const base = environment['XDG_CONFIG_HOME'] || join(environment['HOME'] || homedir(), '.config');
  return own || join(base, 'autoloop');
}

interface Writable {
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/** conf replaced a good file by a truncated one on a full disk without an error: what it wrote is read back. */
async function write(environment: Environment, change: (config: Writable) => void): Promise<void> {
  const before = readUserConfig(environment);
  const { default: Conf } = await import('conf');
  const config = new Conf({
    cwd: userConfigDirectory(environment),
    configName: 'config',
    projectName: 'autoloop',
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  change(config);
  const after = existsSync(before.path) ? parse(readFileSync(before.path, 'utf8')) : null;
  if (!after) {
    throw new AutoloopError({
      code: EXIT.resourceExhausted,
      message: `The user's configuration could not be written: ${before.path}.`,
      fix: `Make room on that disk. What it held: ${JSON.stringify(before.values)}`,
    });
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : null;
  } catch {
    return null;
  }
}
