import type { LoopStatus } from '../../domain/loop-status.ts';
import { boundWords } from '../status/cap-words.ts';
import { plural } from '../tables/amount-text.ts';

/** What bounds a run, in one line; where nothing does, what would. */
export function boundsLine(status: LoopStatus): string {
  const bounds = boundWords(status);
  return bounds.length > 0 ? `Bounded: ${bounds.join(', ')}.` : unbounded(status);
}

function unbounded({ caps }: LoopStatus): string {
  const end =
    caps.maxFailures === null
      ? 'it is stopped'
      : `it is stopped or ${plural(caps.maxFailures, 'iteration')} in a row fail`;
  return `Nothing bounds this run: it goes on until ${end}. Bound it with --max, --max-cost, --max-tokens, --max-runtime, --until or --for.`;
}
