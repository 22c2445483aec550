import type { RunEnd } from '../../runner/run-request.ts';

const REASONS: Readonly<Record<string, string>> = {
  max_iterations: 'reached --max',
  max_failures: 'too many failures in a row',
  stopped: 'stopped',
  error: 'ended by an error',
  once: 'one iteration done',
  nothing: 'nothing to do',
};

/** Why it ended, and what came of it. */
export function endLine({ reason, status, exitCode }: RunEnd): string {
  const why = REASONS[reason] ?? reason.replaceAll('_', ' ');
  if (!status) {
    return `Ended: ${why}.`;
  }
  const { iterations, succeeded, costUsd } = status.totals;
  const cost = costUsd === null ? '' : `, ${costUsd.toFixed(2)} USD`;
  const count = `${iterations} iteration${iterations === 1 ? '' : 's'}, ${succeeded} succeeded${cost}`;
  const resumable = status.state === 'stopped' ? '' : ' The run can be gone on with: autoloop run';
  return `Ended: ${why} (${count}, exit code ${exitCode}).${resumable}`;
}
