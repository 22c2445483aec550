import type * as z from 'zod/mini';
import type { SettingName, Settings } from '../domain/settings.ts';

/** A setting of contract.md section 3 whose effect is built. */
export interface SettingDefinition<Name extends SettingName = SettingName> {
  readonly name: Name;
  /** Without dashes: `max-turns`. */
  readonly flag: string;
  /** What the flag's value is called in the help. */
  readonly placeholder: string;
  /** Each also exists as `AUTOLOOP_<NAME>`, which wins. */
  readonly env: string;
  readonly schema: z.ZodMiniType<Settings[Name], string>;
  /** null where it is not one value for all: `idleTimeout` has the agent's, `memory` half of the machine's, … */
  readonly fallback: Settings[Name] | null;
  /** The flag may stand alone, and means yes then. */
  readonly standsAlone?: boolean;
  /** Empty in the environment is a value, not "unset". */
  readonly emptyCounts?: boolean;
  /** Its text may hold secrets: what may be shown of it, whether it is a value or not. */
  readonly mask?: (text: string) => string;
  readonly help: string;
}

/** Some of the settings, by name. */
export type Definitions<Names extends SettingName> = {
  readonly [Name in Names]: SettingDefinition<Name>;
};

/** More than any number of things that somebody counts. */
export const MANY = 1_000_000_000;

export function named(flag: string, env: string, placeholder: string) {
  return { flag, env, placeholder };
}
