import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptClaim, AttemptKey, AttemptResult } from '../domain/attempt.ts';
import type { AttemptStore, KeptCopy } from '../ports/attempt-store.ts';
import { CLAIM } from './attempt-claim.ts';
import { RESULT } from './attempt-result.ts';
import { createFileOnce, replaceCopy } from './durable-file.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { readShapedFile } from './shaped-file.ts';
import { storageError } from './storage-error.ts';
import { watchDirectory } from './watch-directory.ts';

/** Attempts as folders: what lies there is the truth, whoever wrote it and whoever lives. */
export class FileAttemptStore implements AttemptStore {
  readonly #iterations: string;

  /** `iterations`: absolute path of the folder of that name. */
  constructor(iterations: string) {
    this.#iterations = iterations;
  }

  directory(key: AttemptKey): string {
    const path = this.#path(key);
    makePrivateDirectory(path);
    return path;
  }

  logFile(iteration: number): string {
    return join(this.#iterations, `${sixDigits(iteration)}.log`);
  }

  readClaim(key: AttemptKey): AttemptClaim | null {
    return readShapedFile(join(this.#path(key), 'claim.json'), CLAIM);
  }

  readResult(key: AttemptKey): AttemptResult | null {
    return readShapedFile(join(this.#path(key), 'result.json'), RESULT);
  }

  claim(key: AttemptKey, claim: AttemptClaim): boolean {
    return createFileOnce(join(this.directory(key), 'claim.json'), `${JSON.stringify(claim)}\n`);
  }

  settle(key: AttemptKey, result: AttemptResult): boolean {
    return createFileOnce(join(this.directory(key), 'result.json'), `${JSON.stringify(result)}\n`);
  }

  keep(iteration: number, { name, text }: KeptCopy): void {
    const directory = join(this.#iterations, sixDigits(iteration));
    makePrivateDirectory(directory);
    replaceCopy(join(directory, name), text);
  }

  watch(key: AttemptKey, changed: () => void): () => void {
    return watchDirectory(this.directory(key), changed);
  }

  lastIteration(): number {
    try {
      return existsSync(this.#iterations) ? highestNumber(this.#iterations) : 0;
    } catch (error) {
      throw storageError(error, { verb: 'read', path: this.#iterations });
    }
  }

  #path({ iteration, attempt }: AttemptKey): string {
    return join(this.#iterations, sixDigits(iteration), `attempt-${attempt}`);
  }
}

/** Numbers sort as text up to 999,999 and go on behind it. */
function sixDigits(iteration: number): string {
  return String(iteration).padStart(6, '0');
}

function highestNumber(directory: string): number {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d{6,}$/.test(entry.name))
    .reduce((highest, entry) => Math.max(highest, Number(entry.name)), 0);
}
