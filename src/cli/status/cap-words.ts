import { tokensOf } from '../../domain/cap.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import { costText, countText, plural } from '../tables/amount-text.ts';
import { durationText, momentText } from '../tables/moment-text.ts';

/** How much of each cap of its run is used, failures in a row included. */
export function capWords(status: LoopStatus): string[] {
  const { caps } = status;
  return [...boundWords(status), ...failureWords(caps), ...limitWords(caps)];
}

/** The caps that a run comes to however well it goes; empty: nothing bounds it. */
export function boundWords(status: LoopStatus): string[] {
  const { caps, totals } = status;
  const iterations = caps.maxIterations;
  return [
    ...(iterations === null ? [] : [`${totals.iterations} of ${plural(iterations, 'iteration')}`]),
    ...spendingWords(status),
    ...(caps.until === null ? [] : [`no new iteration from ${momentText(caps.until)} on`]),
  ];
}

/** Those of them that are no number of iterations. */
export function spendingWords({ caps, totals }: LoopStatus): string[] {
  const { maxCostUsd, maxTokens, maxRuntimeSeconds, runtimeSeconds } = caps;
  return [
    maxCostUsd === null ? null : `${paidText(totals)} of ${costText(maxCostUsd)}`,
    maxTokens === null ? null : `${countText(tokensOf(totals))} of ${countText(maxTokens)} tokens`,
    maxRuntimeSeconds === null
      ? null
      : `${durationText(runtimeSeconds)} of ${durationText(maxRuntimeSeconds)}`,
  ].filter((words) => words !== null);
}

/** What nobody told is not nothing. */
function paidText({ costUsd, iterations, costIsEstimated }: LoopStatus['totals']): string {
  if (costUsd === null) {
    return iterations === 0 ? costText(0) : 'an unknown cost';
  }
  return `${costIsEstimated ? 'about ' : ''}${costText(costUsd)}`;
}

function failureWords({ maxFailures, failuresInRow }: LoopStatus['caps']): string[] {
  return maxFailures === null
    ? []
    : [`${failuresInRow} of ${plural(maxFailures, 'failure')} in a row`];
}

function limitWords({ maxLimitWaitSeconds, limitWaitSeconds }: LoopStatus['caps']): string[] {
  return maxLimitWaitSeconds === null
    ? []
    : [
        `${durationText(limitWaitSeconds)} of ${durationText(maxLimitWaitSeconds)} waited for usage limits`,
      ];
}
