import { AutoloopError, EXIT } from '../../domain/error.ts';
import { EVENT_NAMES } from '../../domain/event-names.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import type { CommandOptions } from '../cli-context.ts';
import { iterationOption } from './read-number.ts';
import { refuseNothing } from './history-window.ts';
import { momentOption } from './read-since.ts';

export interface EventFilter {
  readonly accepts: (event: RecordedEvent) => boolean;
  /** null: of every name. */
  readonly types: ReadonlySet<string> | null;
  /** Nothing older is wanted, epoch ms; null: all. */
  readonly since: number | null;
  /** Nothing younger is wanted, epoch ms; null: all. */
  readonly until: number | null;
}

/** What `--type`, `--iteration`, `--run`, `--since` and `--until` ask for. Throws AutoloopError 150. */
export function eventFilter(options: CommandOptions): EventFilter {
  const types = typesOf(options['type']);
  const iteration = iterationOption(options);
  const run = options['run'] ?? null;
  const [since, until] = [momentOption(options, 'since'), momentOption(options, 'until')];
  refuseNothing({ since, until });
  return {
    ...{ types, since, until },
    accepts: (event) =>
      (types === null || types.has(event.event)) &&
      (iteration === null || event.iteration === iteration) &&
      (run === null || event.run_id === run) &&
      (since === null || Date.parse(event.timestamp) >= since) &&
      (until === null || Date.parse(event.timestamp) <= until),
  };
}

function typesOf(option: CommandOptions[string]): ReadonlySet<string> | null {
  const texts = typeof option === 'string' ? [option] : Array.isArray(option) ? option : [];
  const names = texts.flatMap((text) => String(text).split(',')).map((name) => name.trim());
  const unknown = names.find((name) => !EVENT_NAMES.includes(name));
  if (unknown !== undefined) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--type is "${unknown}", but there is no such event.`,
      fix: `Events: ${EVENT_NAMES.join(', ')}.`,
    });
  }
  return names.length === 0 ? null : new Set(names);
}
