import type { LoopContext } from '../../machines/loop/context.ts';
import { EXIT } from '../domain/error.ts';
import { outcomeRule } from '../domain/outcome.ts';
import type { RunEnd } from './run-request.ts';

export type EndReason = Pick<RunEnd, 'exitCode' | 'reason' | 'message' | 'fix'>;

/** How a run ended whose machine has come to its end; `directory`: the loop's data folder. */
export function runEnd({ ending }: LoopContext, directory: string): EndReason {
  const isShort = ending?.reason === 'disk_low';
  return {
    exitCode: ending?.exitCode ?? EXIT.internal,
    reason: ending?.reason ?? 'unknown',
    message: ending?.message ?? null,
    fix: isShort
      ? `Make room on its disk, then start again: df -h ${directory}`
      : (ending?.fix ?? null),
  };
}

/** The exit code of the last iteration's outcome. */
export function outcomeCode({ lastOutcome, stopVia }: LoopContext): number {
  const isInterrupted = lastOutcome === 'killed' && stopVia === 'SIGINT';
  return isInterrupted ? EXIT.interrupt : outcomeRule(lastOutcome ?? 'unknown').exitCode;
}
