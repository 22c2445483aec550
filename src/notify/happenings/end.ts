import type { EventDetails, RecordedEvent } from '../../domain/event.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import { isOutcome, outcomeRule } from '../../domain/outcome.ts';
import { tokensOf } from '../../domain/cap.ts';
import { usdText } from '../../domain/price.ts';
import { durationWords } from '../words/time-until.ts';
import type { Circumstances, Happening, Next } from './happening.ts';

export interface EndCircumstances extends Circumstances {
  /** null: it did not end by an error. */
  readonly error: EventDetails['error'] | null;
}

/** The run is over: well, by a cap, or by what cannot be mended from within. */
export function endHappening(
  { details: { reason }, exit_code: exitCode }: RecordedEvent<'loop_end'>,
  { status, error }: EndCircumstances,
): Happening {
  const cap = CAP_WORDS[reason];
  const isWell = exitCode === 0;
  const words = cap?.(status) ?? endWords(reason, { status, error, exitCode });
  return {
    kind: cap === undefined ? 'end' : 'cap',
    ...{ state: 'happened', level: isWell ? 'info' : levelOf(reason), reason, until: null },
    title: `ended (${reason})`,
    what: `has ended: ${words}`,
    next: nextOf({ reason, isWell, error }),
  };
}

/** What a human has to mend is loud; what he has set himself, or asked for, is not. */
function levelOf(reason: string): Happening['level'] {
  return CAP_WORDS[reason] !== undefined || reason === 'stopped' || reason === 'complete'
    ? 'warning'
    : 'error';
}

const CAP_WORDS: Readonly<Record<string, (status: LoopStatus) => string>> = {
  max_cost: ({ caps, totals }) =>
    `it has cost ${usdText(totals.costUsd ?? 0)} of the ${usdText(caps.maxCostUsd ?? 0)} allowed (--max-cost)`,
  max_tokens: ({ caps, totals }) =>
    `it has used ${tokensOf(totals)} of the ${caps.maxTokens ?? 0} tokens allowed (--max-tokens)`,
  max_runtime: ({ caps }) =>
    `it has run for the ${durationWords(caps.maxRuntimeSeconds ?? 0)} allowed (--max-runtime)`,
  max_failures: ({ caps }) => `${caps.failuresInRow} failures in a row (--max-failures)`,
  max_limit_wait: ({ caps }) =>
    `waiting for usage limits takes more than the ${durationWords(caps.maxLimitWaitSeconds ?? 0)} allowed (--max-limit-wait)`,
};

interface End {
  readonly status: LoopStatus;
  readonly error: EventDetails['error'] | null;
  readonly exitCode: number | null;
}

function endWords(reason: string, { status, error, exitCode }: End): string {
  switch (reason) {
    case 'max_iterations':
      return `it has done its ${status.totals.iterations} iterations (--max)`;
    case 'once':
      return 'it was asked for one iteration';
    case 'stopped':
      return exitCode === 0 ? 'it was asked to stop' : 'it was forced to stop';
    case 'complete':
      return exitCode === 0
        ? 'its work is complete'
        : 'its work is complete, but for targets that failed too often';
    case 'disk_low':
      return 'there is no room on the disk of its data';
    case 'error':
      return error === null ? 'an error' : error.message.replace(/\.$/, '');
    default:
      return isOutcome(reason) ? outcomeRule(reason).meaning : reason;
  }
}

function nextOf(end: {
  reason: string;
  isWell: boolean;
  error: EventDetails['error'] | null;
}): Next {
  if (end.isWell) {
    return { why: 'see what it did', command: 'iterations' };
  }
  const isMisconfigured =
    isOutcome(end.reason) && outcomeRule(end.reason).class === 'configuration';
  if (isMisconfigured || end.reason === 'disk_low') {
    return { why: 'see what to mend', command: 'health' };
  }
  const fix = end.reason === 'error' ? end.error?.fix : null;
  return { why: fix?.replace(/\.$/, '') ?? 'see why, and how to go on', command: 'status' };
}
