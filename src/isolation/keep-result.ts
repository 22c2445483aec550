import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptClaim, AttemptResult } from '../domain/attempt.ts';
import { describeError, EXIT } from '../domain/error.ts';
import { CLAIM } from '../stores/attempt-claim.ts';
import { RESULT } from '../stores/attempt-result.ts';
import { despiteRemoval } from '../stores/despite-removal.ts';
import { createFileOnce } from '../stores/durable-file.ts';
import type { Reserve } from '../stores/reserve.ts';
import type { Shape } from '../stores/shape.ts';
import { readShapedFile } from '../stores/shaped-file.ts';

/** An attempt that has ended. */
export interface EndedAttempt {
  /** Of the attempt, absolute. */
  readonly directory: string;
  readonly claim: AttemptClaim;
  readonly result: AttemptResult;
}

export interface KeptResult extends EndedAttempt {
  readonly reserve: Reserve;
}

/**
 * Writes `result.json`, unless somebody closed the attempt before, with room from the loop's reserve where the disk is
 * full; where that is used up, a short one that says so; where the agent deleted the folder, in a new one with the claim
 * that was in it. The exit code: 0, or why not even that was possible.
 */
export function keepResult({ reserve, ...ended }: KeptResult): number {
  const code = codeOf(() => reserve.lend(() => write(ended)));
  return code === EXIT.resourceExhausted
    ? codeOf(() => write({ ...ended, result: shortened(ended.result) }))
    : code;
}

/** EX_TEMPFAIL of sysexits.h: another process has the attempt, or had it. */
export const EXIT_CLAIMED = 75;

function write(ended: EndedAttempt): number {
  return despiteRemoval(ended.directory, () => writeInto(ended));
}

function codeOf(keep: () => number): number {
  try {
    return keep();
  } catch (error) {
    return describeError(error).code;
  }
}

function writeInto({ directory, claim, result }: EndedAttempt): number {
  const paths = { claim: join(directory, 'claim.json'), result: join(directory, 'result.json') };
  const claimant = idIn(paths.claim, CLAIM);
  if (claimant === null) {
    replaceOnce(paths.claim, claim);
  } else if (claimant !== claim.attemptId) {
    // All that was known of this run was deleted, and another one has come to this number.
    return EXIT_CLAIMED;
  }
  const isKept = createFileOnce(paths.result, `${JSON.stringify(result)}\n`);
  if (!isKept && idIn(paths.result, RESULT) !== claim.attemptId) {
    replaceOnce(paths.result, result);
  }
  return EXIT.ok;
}

/** What nobody of ours has written gives way. */
function replaceOnce(path: string, content: object): void {
  rmSync(path, { recursive: true, force: true });
  createFileOnce(path, `${JSON.stringify(content)}\n`);
}

/** null: it is not there, or nobody of ours wrote it. */
function idIn<Value extends { readonly attemptId: string }>(
  path: string,
  shape: Shape<Value>,
): string | null {
  try {
    return readShapedFile(path, shape)?.attemptId ?? null;
  } catch {
    return null;
  }
}

function shortened(result: AttemptResult): AttemptResult {
  const reason = `its result (${result.outcome}) could not be kept whole: no space is left`;
  return { ...result, outcome: 'resource_exceeded', finalMessage: '', denials: [], reason };
}
