import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '../domain/environment.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { SettingDefinition } from './setting-definition.ts';
import { SETTINGS, settingNames } from './setting-definitions.ts';
import { UNBUILT_SETTINGS } from './unbuilt-settings.ts';

/** The user's defaults: `config.json` of autoloop's configuration folder. Keys are flags without dashes. */
export interface UserConfig {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reading creates nothing and loads no library: every start reads. Throws AutoloopError 150 where the file is broken,
 * 155 where it cannot be read.
 */
export function readUserConfig(environment: Environment): UserConfig {
  const path = join(userConfigDirectory(environment), 'config.json');
  const text = readText(path);
  if (text === null) {
    return { path, values: {} };
  }
  const values = parse(text);
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
      message: `"${definition.mask?.(text) ?? text}" is not a value of the setting ${key}.`,
      fix: `Allowed: ${parsed.error.issues[0]?.message ?? 'something else'}.`,
    });
  }
  await write(environment, (config) => config.set(key, text));
}

export async function unsetUserConfig(environment: Environment, key: string): Promise<void> {
  await write(environment, (config) => config.delete(key));
}

export function definitionOf(key: string): SettingDefinition {
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

/**
 * conf replaced a good file by a truncated one on a full disk without an error: what it wrote is read back, and what
 * was there before is put back where that failed.
 */
async function write(environment: Environment, change: (config: Writable) => void): Promise<void> {
  const { path } = readUserConfig(environment);
  const before = readText(path);
  const { default: Conf } = await import('conf');
  let cause: unknown = null;
  try {
    const config = new Conf({
      cwd: userConfigDirectory(environment),
      configName: 'config',
      projectName: 'autoloop',
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
    });
    change(config);
  } catch (error) {
    cause = error;
  }
  if (cause !== null || !isWhole(path)) {
    const isKept = putBack(path, before);
    throw notWritten({ path, cause, lost: isKept ? null : before });
  }
}

function isWhole(path: string): boolean {
  const text = readText(path);
  return text !== null && parse(text) !== null;
}

/** `text` null: there was no file. */
function putBack(path: string, text: string | null): boolean {
  try {
    if (text === null) {
      rmSync(path, { force: true });
    } else if (readText(path) !== text) {
      writeFileSync(path, text, { mode: 0o600 });
    }
    return true;
  } catch {
    return false;
  }
}

interface NotWritten {
  readonly path: string;
  /** null: the disk took less than it was given. */
  readonly cause: unknown;
  /** What the file held and holds no more. */
  readonly lost: string | null;
}

function notWritten({ path, cause, lost }: NotWritten): AutoloopError {
  const code = cause === null ? 'ENOSPC' : codeOf(cause);
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const kept = lost === null ? 'It is as it was.' : `What it held: ${lost}`;
  return new AutoloopError({
    code: isFull ? EXIT.resourceExhausted : EXIT.access,
    message: `The user's configuration could not be written: ${path} (${code}). ${kept}`,
    fix: isFull
      ? 'Make room on that disk.'
      : `Give it to this user: ls -ld ${dirname(path)} ${path}`,
    cause,
  });
}

/** null: there is no such file. Throws AutoloopError 155. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return null;
    }
    throw new AutoloopError({
      code: EXIT.access,
      message: `The user's configuration cannot be read: ${path} (${code}).`,
      fix: `Give it to this user, or move it away: ls -ld ${path}`,
      cause,
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
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
