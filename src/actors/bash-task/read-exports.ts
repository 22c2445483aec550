import type { Environment } from '../../domain/environment.ts';

export interface Exports {
  /** What the task added or changed. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names of exported arrays: bash itself hands them to no other program. */
  readonly arrays: readonly string[];
}

export interface ExportedBefore {
  readonly env: Environment;
  /** Names that were not exported, whatever `env` says. */
  readonly told: readonly string[];
}

/**
 * Reads `NAME=VALUE` or, of an array, `NAME`, each ended by a NUL, and last a lone `=`. null: that is not there, the
 * shell was ended before it could tell.
 */
export function readExports(dump: string, before: ExportedBefore): Exports | null {
  const variables: Record<string, string> = {};
  const arrays: string[] = [];
  const entries = dump.split('\0').filter(Boolean);
  if (entries.pop() !== '=') {
    return null;
  }
  for (const entry of entries) {
    const equals = entry.indexOf('=');
    const name = equals < 0 ? entry : entry.slice(0, equals);
    const value = entry.slice(equals + 1);
    if (equals < 0) {
      arrays.push(name);
    } else if (before.told.includes(name) || isNew(name, value, before.env)) {
      variables[name] = value;
    }
  }
  return { variables, arrays };
}

function isNew(name: string, value: string, env: Environment): boolean {
  return !OF_THE_SHELL.includes(name) && env[name] !== value;
}

/** The worker is in a folder and at a depth of its own. */
const OF_THE_SHELL = ['PWD', 'OLDPWD', 'SHLVL', '_'];
