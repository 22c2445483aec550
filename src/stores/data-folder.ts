import { chmodSync, closeSync, fstatSync, lstatSync, openSync, rmSync, type Stats } from 'node:fs';
import { isMissing } from './despite-removal.ts';
import { insist } from './insist.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { storageError } from './storage-error.ts';

/** The data folder of a living runner. It is held open: the number of a deleted one would be given to the next. */
export class DataFolder {
  readonly #path: string;
  #fd: number;
  #inode: number;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, 'r');
    this.#inode = fstatSync(this.#fd).ino;
  }

  /** Makes it what it was: there, a folder, private. What was wrong; null: nothing. Throws AutoloopError (153, 155). */
  mend(): string | null {
    return insist(() => this.#mendOnce(), isMissing);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #mendOnce(): string | null {
    const found = this.#look();
    const isFolder = found?.isDirectory() === true;
    const isSame = isFolder && found.ino === this.#inode;
    if (isSame && (found.mode & 0o777) === 0o700) {
      return null;
    }
    if (isSame) {
      return this.#mendMode();
    }
    if (!isFolder) {
      rmSync(this.#path, { force: true });
    }
    makePrivateDirectory(this.#path);
    this.#openAnew();
    return 'was deleted or replaced, and made anew';
  }

  #look(): Stats | undefined {
    try {
      return lstatSync(this.#path, { throwIfNoEntry: false });
    } catch (error) {
      throw storageError(error, { verb: 'reach', path: this.#path });
    }
  }

  /** Opened to others, or closed to us. */
  #mendMode(): string {
    try {
      chmodSync(this.#path, 0o700);
    } catch (error) {
      throw storageError(error, { verb: 'make private', path: this.#path });
    }
    return 'had its permissions changed, and is private again';
  }

  #openAnew(): void {
    const fd = openSync(this.#path, 'r');
    closeSync(this.#fd);
    this.#fd = fd;
    this.#inode = fstatSync(fd).ino;
  }
}
