import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CommandOptions } from '../cli-context.ts';
import { countOption } from './read-number.ts';
import { momentOption } from './read-moment.ts';

/** What part of a loop's history is asked about. null: no bound. */
export interface HistoryWindow {
  /** Epoch ms, included. */
  readonly since: number | null;
  /** Epoch ms, included. */
  readonly until: number | null;
  /** So many iterations at most, the last ones. */
  readonly last: number | null;
}

/** `--since`, `--until` and `--last`. Throws AutoloopError 150. */
export function windowOption(options: CommandOptions): HistoryWindow {
  const window = {
    since: momentOption(options, 'since'),
    until: momentOption(options, 'until'),
    last: countOption(options, 'last'),
  };
  refuseNothing(window);
  return window;
}

export function isBounded({ since, until, last }: HistoryWindow): boolean {
  return since !== null || until !== null || last !== null;
}

/** Nothing lies between them: asked for by mistake. */
export function refuseNothing({ since, until }: Pick<HistoryWindow, 'since' | 'until'>): void {
  if (since !== null && until !== null && until < since) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--until (${isoText(until)}) is before --since (${isoText(since)}).`,
      fix: 'Give the earlier moment to --since.',
    });
  }
}

function isoText(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
