import { SETTINGS, settingNames } from '../config/setting-definitions.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';
import { untilOption } from './run-until.ts';

/** The arguments a detached `run` needs to be asked for the same. */
export function runArguments({ globals }: CliContext, options: CommandOptions): string[] {
  const { task, prompt, name, root, data, workspace } = globals;
  const named = Object.entries({ task, prompt, name, root, data, workspace });
  const settings = settingNames.map((setting) => [SETTINGS[setting].flag, options[setting]]);
  const given = [...named, ...settings].flatMap(([flag, value]) =>
    typeof value === 'string'
      ? [`--${String(flag)}=${value}`]
      : value === true
        ? [`--${String(flag)}`]
        : [],
  );
  const until = untilOption(options);
  return [
    ...given,
    ...(until === null ? [] : [`--until=${new Date(until).toISOString()}`]),
    ...(options['fresh'] === true ? ['--fresh'] : []),
  ];
}
