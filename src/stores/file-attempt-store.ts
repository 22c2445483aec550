import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AttemptClaim, AttemptKey, AttemptResult } from '../domain/attempt.ts';
import type { AttemptStore, KeptCopy } from '../ports/attempt-store.ts';
import { CLAIM } from './attempt-claim.ts';
import { RESULT } from './attempt-result.ts';
import { despiteRemoval } from './despite-removal.ts';
import { createFileOnce, replaceCopy, replaceFile } from './durable-file.ts';
import { pruneIterations, type IterationLimits } from './retention/prune-iterations.ts';
import { removeFolder } from './kept-file.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { AutoloopError } from '../domain/error.ts';
import { errorCode } from './error-code.ts';
import type { Shape } from './shape.ts';
import { readShapedFile } from './shaped-file.ts';
import { damagedFileError, DamagedFileError } from './state-error.ts';
import { storageError } from './storage-error.ts';
import { readTextFile } from './text-file.ts';
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
    // An agent may have put a file or a link where only folders of ours belong.
    [this.#iterations, dirname(path), path].forEach(removeUnlessFolder);
    makePrivateDirectory(path);
    return path;
  }

  logFile(iteration: number): string {
    return join(this.#iterations, `${sixDigits(iteration)}.log`);
  }

  readClaim(key: AttemptKey): AttemptClaim | null {
    return readOwn(join(this.#path(key), 'claim.json'), CLAIM);
  }

  readResult(key: AttemptKey): AttemptResult | null {
    return readOwn(join(this.#path(key), 'result.json'), RESULT);
  }

  claim(key: AttemptKey, claim: AttemptClaim): boolean {
    return this.#create(key, 'claim.json', claim);
  }

  settle(key: AttemptKey, result: AttemptResult): boolean {
    return this.#create(key, 'result.json', result);
  }

  restoreClaim(key: AttemptKey, claim: AttemptClaim): void {
    const directory = this.directory(key);
    const path = join(directory, 'claim.json');
    despiteRemoval(directory, () => {
      removeFolder(path);
      return replaceFile(path, `${JSON.stringify(claim)}\n`);
    });
  }

  discardForeign(key: AttemptKey, attemptId: string): readonly string[] {
    const kept = [
      { name: 'claim.json', read: () => this.readClaim(key) },
      { name: 'result.json', read: () => this.readResult(key) },
    ];
    const directory = this.directory(key);
    const path = (name: string): string => join(directory, name);
    const foreign = kept.filter(({ read }) => isForeign({ attemptId, read }));
    foreign.forEach(({ name }) => rmSync(path(name), { recursive: true, force: true }));
    return foreign.map(({ name }) => name);
  }

  empty(key: AttemptKey): readonly string[] {
    const directory = this.directory(key);
    try {
      const names = readdirSync(directory);
      names.forEach((name) => rmSync(join(directory, name), { recursive: true, force: true }));
      return names;
    } catch (error) {
      throw storageError(error, { verb: 'empty', path: directory });
    }
  }

  exists(key: AttemptKey): boolean {
    return existsSync(this.#path(key));
  }

  #create(key: AttemptKey, name: string, content: object): boolean {
    const directory = this.directory(key);
    const data = `${JSON.stringify(content)}\n`;
    return despiteRemoval(directory, () => createFileOnce(join(directory, name), data));
  }

  keep(iteration: number, { name, text }: KeptCopy): void {
    const directory = join(this.#iterations, sixDigits(iteration));
    despiteRemoval(directory, () => {
      removeFolder(join(directory, name));
      replaceCopy(join(directory, name), text);
    });
  }

  kept(iteration: number, name: KeptCopy['name']): string | null {
    try {
      return readTextFile(join(this.#iterations, sixDigits(iteration), name));
    } catch {
      return null;
    }
  }

  watch(key: AttemptKey, changed: () => void): () => void {
    return watchDirectory(this.directory(key), changed);
  }

  prune(limits: IterationLimits): number {
    return pruneIterations(this.#iterations, limits);
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

interface Expected {
  readonly attemptId: string;
  readonly read: () => { readonly attemptId: string } | null;
}

function isForeign({ attemptId, read }: Expected): boolean {
  try {
    const found = read();
    return found !== null && found.attemptId !== attemptId;
  } catch (error) {
    return error instanceof DamagedFileError;
  }
}

/** A folder, a FIFO or a circle of links is as foreign as a file that nobody can understand. */
function readOwn<Value>(path: string, shape: Shape<Value>): Value | null {
  try {
    return readShapedFile(path, shape);
  } catch (error) {
    const cause = error instanceof AutoloopError ? errorCode(error.cause) : null;
    throw cause !== null && NO_FILE.has(cause) ? damagedFileError(path, 'it is no file') : error;
  }
}

const NO_FILE: ReadonlySet<string> = new Set(['EISDIR', 'ENOTDIR', 'ELOOP', 'EFTYPE']);

function removeUnlessFolder(path: string): void {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false) {
      rmSync(path, { force: true });
    }
  } catch (error) {
    throw storageError(error, { verb: 'reach', path });
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
