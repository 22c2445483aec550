import { join } from 'node:path';
import type { AttemptResult } from '../domain/attempt.ts';
import { describeError, EXIT } from '../domain/error.ts';
import { createFileOnce } from '../stores/durable-file.ts';
import type { Reserve } from '../stores/reserve.ts';

/**
 * Writes `result.json`, unless somebody closed the attempt before, with room from the loop's reserve where the disk is
 * full; where that is used up, a short one that says so. The exit code: 0, or why not even that was possible.
 */
export function keepResult({ directory, result, reserve }: KeptResult): number {
  const code = codeOf(() => reserve.lend(() => write(directory, result)));
  return code === EXIT.resourceExhausted ? codeOf(() => write(directory, shortened(result))) : code;
}

export interface KeptResult {
  /** Of the attempt, absolute. */
  readonly directory: string;
  readonly result: AttemptResult;
  readonly reserve: Reserve;
}

function write(directory: string, result: AttemptResult): void {
  createFileOnce(join(directory, 'result.json'), `${JSON.stringify(result)}\n`);
}

function codeOf(keep: () => void): number {
  try {
    keep();
    return EXIT.ok;
  } catch (error) {
    return describeError(error).code;
  }
}

function shortened(result: AttemptResult): AttemptResult {
  const reason = `its result (${result.outcome}) could not be kept whole: no space is left`;
  return { ...result, outcome: 'resource_exceeded', finalMessage: '', denials: [], reason };
}
