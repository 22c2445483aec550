import { makePrivateDirectory } from './private-directory.ts';
import { AutoloopError } from '../domain/error.ts';
import { errorCode } from './error-code.ts';

/**
 * Does the work again, its folder made anew, where that was removed under it: who deletes a folder is at it for a
 * while, and takes the temporary of a file that is just being written along.
 */
export function despiteRemoval<Result>(directory: string, work: () => Result): Result {
  for (let triesLeft = MOST_TRIES; ; triesLeft -= 1) {
    try {
      return work();
    } catch (error) {
      if (triesLeft === 1 || !isMissing(error)) {
        throw error;
      }
      makePrivateDirectory(directory);
    }
  }
}

const MOST_TRIES = 20;

function isMissing(error: unknown): boolean {
  const cause = error instanceof AutoloopError ? error.cause : error;
  return errorCode(cause) === 'ENOENT';
}
