import { tokensOf } from '../../domain/cap.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { CapUse } from '../../inspect/page-news.ts';
import { costText, countText } from '../tables/amount-text.ts';
import { durationText, momentText } from '../tables/moment-text.ts';

/** How much of each cap of its run is used; empty: nothing bounds it. */
export function capUses({ caps, totals }: LoopStatus): CapUse[] {
  const until = caps.until;
  return [
    use('Iterations', totals.iterations, { limit: caps.maxIterations, text: String }),
    use('Cost', totals.costUsd, { limit: caps.maxCostUsd, text: costText }),
    use('Tokens', tokensOf(totals), { limit: caps.maxTokens, text: countText }),
    use('Runtime', caps.runtimeSeconds, { limit: caps.maxRuntimeSeconds, text: durationText }),
    use('Failures in a row', caps.failuresInRow, { limit: caps.maxFailures, text: String }),
    use('Waiting for usage limits', caps.limitWaitSeconds, {
      limit: caps.maxLimitWaitSeconds,
      text: durationText,
    }),
    until === null
      ? null
      : { name: 'Until', text: `no new iteration from ${momentText(until)} on`, part: null },
  ].filter((cap) => cap !== null);
}

interface Cap {
  /** null: none. */
  readonly limit: number | null;
  readonly text: (amount: number) => string;
}

/** What nobody told is not nothing: `used` null. */
function use(name: string, used: number | null, { limit, text }: Cap): CapUse | null {
  if (limit === null) {
    return null;
  }
  return {
    name,
    text: `${used === null ? 'unknown' : text(used)} of ${text(limit)}`,
    part: used === null ? null : Math.min(1, used / limit),
  };
}
