import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import type { CommandOptions } from '../cli-context.ts';
import { iterationOption } from './read-number.ts';
import { sinceOption } from './read-since.ts';

export interface EventFilter {
  readonly accepts: (event: RecordedEvent) => boolean;
  /** Nothing older is wanted, epoch ms; null: all. */
  readonly since: number | null;
}

/** What `--type`, `--iteration` and `--since` ask for. Throws AutoloopError 150. */
export function eventFilter(options: CommandOptions): EventFilter {
  const types = typesOf(options['type']);
  const iteration = iterationOption(options);
  const since = sinceOption(options);
  return {
    since,
    accepts: (event) =>
      (types === null || types.has(event.event)) &&
      (iteration === null || event.iteration === iteration) &&
      (since === null || Date.parse(event.timestamp) >= since),
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

/** Also those this version does not write: a log outlives versions. */
const EVENT_NAMES: readonly string[] = [
  ...[
    'loop_start',
    'loop_resume',
    'loop_end',
    'iteration_start',
    'iteration_end',
    'iteration_skip',
  ],
  ...['worker_start', 'worker_adopt', 'worker_end', 'retry', 'wait_start', 'wait_end', 'signal'],
  ...[
    'control',
    'gate',
    'breaker',
    'validation',
    'checkpoint',
    'rollback',
    'summary_generated',
    'rotate',
  ],
  ...['anomaly', 'warning', 'error'],
];
