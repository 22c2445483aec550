import { AutoloopError, EXIT } from '../../domain/error.ts';
import { CLOCK_SET_BACK_MS } from '../../stores/scan-events.ts';
import type { CommandOptions } from '../cli-context.ts';
import { countOption } from './read-number.ts';
import { momentOption } from './read-since.ts';

/** What part of a loop's history is asked about. null: no bound. */
export interface HistoryWindow {
  /** Epoch ms, included. */
  readonly since: number | null;
  /** Epoch ms, included. */
  readonly until: number | null;
  /** So many iterations at most, the last ones. */
  readonly last: number | null;
}

export const WHOLE_HISTORY: HistoryWindow = { since: null, until: null, last: null };

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

/** `at`: epoch ms. A moment that is none lies in every window. */
export function isWithin(at: number, { since, until }: HistoryWindow): boolean {
  return !(since !== null && at < since) && !(until !== null && at > until);
}

/** So long that nothing before it is in the window, whatever was done to the clock. */
export function isLongBefore(at: number, { since }: Pick<HistoryWindow, 'since'>): boolean {
  return since !== null && at < since - CLOCK_SET_BACK_MS;
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
