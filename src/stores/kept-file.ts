import { rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { despiteRemoval } from './despite-removal.ts';
import { replaceFile } from './durable-file.ts';
import { isSameMark, markAt, type FileMark } from './file-mark.ts';
import { storageError } from './storage-error.ts';
import { readTextFile } from './text-file.ts';

/**
 * A small file that this process alone writes. It is read once; from then on its content is in memory, and what
 * others make of the file is not believed.
 */
export class KeptFile {
  readonly #path: string;
  /** undefined: nobody has looked yet; null: there is none. */
  #content: string | null | undefined;
  #mark: FileMark | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  get name(): string {
    return basename(this.#path);
  }

  /** null: there is none. Throws AutoloopError 155 where it cannot be read. */
  read(): string | null {
    if (this.#content === undefined) {
      this.#mark = markAt(this.#path);
      this.#content = readTextFile(this.#path);
    }
    return this.#content;
  }

  /** On disk when it returns. Throws AutoloopError (153, 155), the old file untouched. */
  write(content: string): void {
    this.#mark = despiteRemoval(dirname(this.#path), () => {
      removeFolder(this.#path);
      return replaceFile(this.#path, content);
    });
    this.#content = content;
  }

  /** Makes the file what this process left it to be; what was wrong with it, null: nothing. Throws as `write`. */
  mend(): string | null {
    const current = markAt(this.#path);
    if (this.#content === undefined || isSameMark(current, this.#mark)) {
      return null;
    }
    if (this.#content === null) {
      rmSync(this.#path, { recursive: true, force: true });
      return 'was put there, and removed';
    }
    this.write(this.#content);
    return current === null ? 'was deleted, and written anew' : 'was changed, and written anew';
  }
}

/** A folder in a file's place cannot be replaced by a file. Throws AutoloopError 155. */
export function removeFolder(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      rmSync(path, { recursive: true, force: true });
    }
  } catch (error) {
    throw storageError(error, { verb: 'write', path });
  }
}
