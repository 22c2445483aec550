import { resolveSettings } from '../../config/resolve-settings.ts';
import { readUserConfig } from '../../config/user-config.ts';
import { KEEP_ALL, type RetentionRules } from '../../domain/retention.ts';
import { scanEvents } from '../../stores/scan-events.ts';
import type { CliContext, CommandOptions } from '../cli-context.ts';

export interface AskedRules {
  /** What was given on the command line: this is asked of a living loop, too. */
  readonly given: Partial<RetentionRules>;
  /** And what an idle loop goes by. */
  readonly rules: RetentionRules;
}

/**
 * Flag > environment > what the last run was set to > user's config > default: whoever runs a loop with `--keep-days 0`
 * must not lose by default what it keeps. Throws AutoloopError 150.
 */
export function retentionRules(
  { environment }: CliContext,
  { options, events }: { readonly options: CommandOptions; readonly events: string },
): AskedRules {
  const names = NAMES.filter((name) => typeof options[name] === 'string');
  const flags = Object.fromEntries(names.map((name) => [name, String(options[name])]));
  const task = { name: 'the last run', defaults: lastRunRules(events) };
  const sources = { flags, environment, task, user: readUserConfig(environment) };
  const { settings } = resolveSettings(sources, () => 0);
  const pick = (wanted: readonly Name[]) =>
    Object.fromEntries(wanted.map((name) => [name, settings[name]]));
  return { given: pick(names), rules: { ...KEEP_ALL, ...pick(NAMES) } };
}

type Name = keyof RetentionRules;

const NAMES: readonly Name[] = [
  ...(['rotateKeep', 'rotateDays', 'keepIterations', 'keepDays', 'maxDataMb'] as const),
];

/** As the last kept `loop_start` tells them. */
function lastRunRules(events: string): Partial<Record<Name, number>> {
  for (const { details } of scanEvents(events, { names: ['loop_start'] })) {
    const told = NAMES.map((name): [Name, unknown] => [name, details.settings?.[name]]);
    return Object.fromEntries(told.filter(([, value]) => Number.isSafeInteger(value)));
  }
  return {};
}
