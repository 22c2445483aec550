import { randomBytes } from 'node:crypto';
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { AutoloopError } from '../domain/error.ts';
import { errorCode } from './error-code.ts';
import { freeMbAt } from './free-space.ts';

/**
 * Room on the disk kept for the last snapshot and events of a run. It is given back piece by piece, each at the moment
 * of a write that needs it: somebody who goes on filling the disk gets little of it.
 */
export class Reserve {
  readonly #path: string;
  #heard: (error: Error) => void = () => {};
  #filledBytes = 0;

  /** `path`: of the file, absolute. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Takes the room, where the disk has it to spare. Never throws: without it a loop runs all the same. */
  fill(): void {
    if (this.#size() < FULL_BYTES && (freeMbAt(this.#path) ?? 0) >= LEAST_FREE_MB) {
      this.#take();
    }
    this.#filledBytes = this.#size();
  }

  /** By this process or another one, piece by piece, since it was filled. What else became of it may be anybody's doing. */
  wasUsed(): boolean {
    const size = this.#size();
    return size > 0 && size < this.#filledBytes && size % PIECE_BYTES === 0;
  }

  /** Called with the system's refusal, each time that room had to be given. */
  onLent(heard: (error: Error) => void): void {
    this.#heard = heard;
  }

  /**
   * The write; where the disk is full, again with room from the reserve until there is none left. To be used for writes
   * that leave nothing of themselves when they fail. Throws as the write does.
   */
  lend<Result>(write: () => Result): Result {
    try {
      return write();
    } catch (error) {
      if (!isOutOfSpace(error)) {
        throw error;
      }
      const result = this.#again(write, error);
      this.#heard(error);
      return result;
    }
  }

  #take(): void {
    try {
      // Whoever opened a FIFO that was put in its place would wait for ever.
      rmSync(this.#path, { recursive: true, force: true });
      // What can be compressed takes no room on some file systems.
      writeFileSync(this.#path, randomBytes(FULL_BYTES), { mode: 0o600, flush: true, flag: 'wx' });
    } catch {
      rmSync(this.#path, { recursive: true, force: true });
    }
  }

  #again<Result>(write: () => Result, refusal: Error): Result {
    let last = refusal;
    while (this.#giveBack()) {
      try {
        return write();
      } catch (error) {
        if (!isOutOfSpace(error)) {
          throw error;
        }
        last = error;
      }
    }
    throw last;
  }

  /** false: nothing is left. The last piece goes with the file itself, which was the last thing in the way. */
  #giveBack(): boolean {
    const size = this.#size();
    if (size > PIECE_BYTES) {
      truncateSync(this.#path, size - PIECE_BYTES);
    } else {
      rmSync(this.#path, { recursive: true, force: true });
    }
    return size > 0;
  }

  #size(): number {
    const found = statSync(this.#path, { throwIfNoEntry: false });
    return found?.isFile() === true ? found.size : 0;
  }
}

/** A disk that is full, or a user's part of it. */
function isOutOfSpace(error: unknown): error is Error {
  const cause = error instanceof AutoloopError ? error.cause : error;
  return OUT_OF_SPACE.has(errorCode(cause) ?? '');
}

const OUT_OF_SPACE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

const PIECE_BYTES = 128 * 1024;
const FULL_BYTES = 1024 * 1024;
/** What it takes is not to be what makes the disk full. */
const LEAST_FREE_MB = 4;
