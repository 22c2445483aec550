import { join } from 'node:path';
import type { AttemptResult } from '../domain/attempt.ts';
import { describeError, EXIT } from '../domain/error.ts';
import { createFileOnce } from '../stores/durable-file.ts';

/**
 * Writes `result.json`, unless somebody closed the attempt before; where there is no room for it, a short one that
 * says so. The exit code: 0, or why not even that was possible.
 */
export function keepResult(directory: string, result: AttemptResult): number {
  const code = write(directory, result);
  return code === EXIT.resourceExhausted ? write(directory, shortened(result)) : code;
}

function write(directory: string, result: AttemptResult): number {
  try {
    createFileOnce(join(directory, 'result.json'), `${JSON.stringify(result)}\n`);
    return EXIT.ok;
  } catch (error) {
    return describeError(error).code;
  }
}

function shortened(result: AttemptResult): AttemptResult {
  const reason = `its result (${result.outcome}) could not be kept whole: no space is left`;
  return { ...result, outcome: 'resource_exceeded', finalMessage: '', denials: [], reason };
}
