import type { RunEnd } from '../../runner/run-request.ts';
import type { CliContext } from '../cli-context.ts';
import { commandFor, type Asked } from '../status/next-command.ts';
import { costText, plural } from '../tables/amount-text.ts';

const REASONS: Readonly<Record<string, string>> = {
  max_iterations: 'reached --max',
  max_failures: 'too many failures in a row (--max-failures)',
  max_cost: 'the run has cost what it may (--max-cost)',
  max_tokens: 'the run has used the tokens it may (--max-tokens)',
  max_runtime: 'the run has run as long as it may (--max-runtime)',
  max_limit_wait: 'waiting for usage limits would take too long (--max-limit-wait)',
  complete: 'its work is done',
  stopped: 'stopped',
  error: 'ended by an error',
  disk_low: 'its disk is full, or nearly',
  once: 'one iteration done',
  nothing: 'nothing to do',
};

/** A reason of `loop_end`, in words. */
export function endReason(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll('_', ' ');
}

/** Why it ended, and what came of it. */
export function endLine(
  context: CliContext,
  { reason, status, exitCode }: RunEnd,
  asked: Asked,
): string {
  const why = endReason(reason);
  if (!status) {
    return `Ended: ${why}.`;
  }
  const { iterations, succeeded, costUsd, costIsEstimated } = status.totals;
  const about = costIsEstimated ? 'about ' : '';
  const cost = costUsd === null ? '' : `, ${about}${costText(costUsd)}`;
  const count = `${plural(iterations, 'iteration')}, ${succeeded} succeeded${cost}`;
  const resumable =
    status.state === 'stopped'
      ? ''
      : ` Go on with the run: ${commandFor(context, status, 'run', asked)}`;
  return `Ended: ${why} (${count}, exit code ${exitCode}).${resumable}`;
}
