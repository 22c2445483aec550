import { isOutcome, outcomeRule } from '../../domain/outcome.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { LoopReading } from '../../runner/read-status.ts';
import type { CliContext } from '../cli-context.ts';
import { commandFor } from './next-command.ts';

/** What the operator does next; null: nothing is needed. */
export function nextStep(
  context: CliContext,
  { status, runner, asked, fix }: LoopReading,
): string | null {
  const command = (name: string): string => commandFor(context, status, name, asked);
  if (runner === 'silent') {
    return `wait, or end it: ${command('stop --force')}`;
  }
  if (status.stale) {
    return `go on: ${command('resume')}; or end the run: ${command('stop')}`;
  }
  if (status.running) {
    return runningStep(status, command);
  }
  const reason = status.ended?.reason ?? '';
  if (reason === 'disk_low') {
    return `make room (df -h ${status.dataDir}), then: ${command('start')}`;
  }
  if (fix !== null) {
    return `${fix.replace(/\.$/, '')}; then: ${command('start')}`;
  }
  if (isOutcome(reason) && outcomeRule(reason).class === 'configuration') {
    return `mend it (${command('health')}), then: ${command('start')}`;
  }
  return status.state === 'idle' || status.ended?.exitCode === 0
    ? command('start')
    : `see why: ${command(`show ${status.iteration}`)}; then: ${command('start')}`;
}

function runningStep(
  { state, breaker, iteration }: LoopStatus,
  command: (name: string) => string,
): string | null {
  switch (state) {
    case 'waiting.paused':
      return command('resume');
    case 'waiting.gate':
      return `let the next worker begin all the same: ${command('skip-wait')}`;
    case 'waiting.usageLimit':
      return `try it now: ${command('skip-wait')}`;
    case 'waiting.backoff':
      return breaker.state === 'open'
        ? `see why: ${command(`show ${iteration}`)}; try at once: ${command('skip-wait')}`
        : null;
    default:
      return null;
  }
}
