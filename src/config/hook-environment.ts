import type { Environment } from '../domain/environment.ts';
import { variablesOf } from './resolve-settings.ts';
import type { SettingDefinition } from './setting-definition.ts';
import { SETTINGS, settingNames } from './setting-definitions.ts';

/**
 * What the hooks of a `task.sh` inherit: the operator's environment, in which each setting that was given as a flag or
 * as `AUTOLOOP_…` stands under its plain name. What nobody has set is not set: so that `${MAX_TURNS:-20}` is a task default.
 */
export function hookEnvironment(
  environment: Environment,
  flags: Readonly<Record<string, string | undefined>>,
): Environment {
  const given: Record<string, string> = {};
  for (const name of settingNames) {
    const { env, mask }: SettingDefinition = SETTINGS[name];
    const text = [flags[name], ...variablesOf(env).map((variable) => environment[variable])].find(
      (written) => written !== undefined,
    );
    // What may hold secrets is nothing that a hook needs.
    if (text !== undefined && mask === undefined) {
      given[env] = text;
    }
  }
  const { NODE_COMPILE_CACHE: _, ...inherited } = environment;
  return { ...inherited, NODE_OPTIONS: environment['AUTOLOOP_NODE_OPTIONS'], ...given };
}
