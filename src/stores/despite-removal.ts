import { AutoloopError } from '../domain/error.ts';
import { errorCode } from './error-code.ts';
import { insist } from './insist.ts';
import { makePrivateDirectory } from './private-directory.ts';

/**
 * Does the work again, its folder made anew, where that was removed under it: who deletes a folder takes the temporary of
 * a file that is just being written along. Work that removes what is in its way does it again, too, where a folder was
 * put in the place of its file.
 */
export function despiteRemoval<Result>(directory: string, work: () => Result): Result {
  let isFirst = true;
  return insist(() => {
    if (!isFirst) {
      makePrivateDirectory(directory);
    }
    isFirst = false;
    return work();
  }, isHindered);
}

/** Something on the way to the file was not there. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function isHindered(error: unknown): boolean {
  return isMissing(error) || codeOf(error) === 'EISDIR';
}

function codeOf(error: unknown): string | null {
  return errorCode(error instanceof AutoloopError ? error.cause : error);
}
