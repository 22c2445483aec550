import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync, type Stats } from 'node:fs';
import { statOf } from './stat-of.ts';

/** More is not read: then size and time have to do. */
const MOST_BYTES = 20_000_000;

/** Mode and content id of files as git would store them without filters, so that both can be compared with a commit's. */
export class ContentIds {
  readonly #algorithm: 'sha1' | 'sha256';
  #left = MOST_BYTES;

  /** `head`: any id of the repository, to tell the kind of hash by. */
  constructor(head: string | null) {
    this.#algorithm = algorithmOf(head);
  }

  /** Empty: there is no such file. null: it is a folder, and git alone knows. */
  of(path: string): string | null {
    const stat = statOf(path);
    if (stat === null) {
      return '';
    }
    if (stat.isSymbolicLink()) {
      return `120000 ${objectId('blob', readlinkSync(path, 'buffer'), this.#algorithm)}`;
    }
    return stat.isDirectory() ? null : `${modeOf(stat)} ${this.#idOf(path, stat)}`;
  }

  #idOf(path: string, stat: Stats): string {
    const stamp = `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
    if (!stat.isFile() || stat.size > this.#left) {
      return stamp;
    }
    this.#left -= stat.size;
    try {
      return objectId('blob', readFileSync(path), this.#algorithm);
    } catch {
      // It may not be read.
      return stamp;
    }
  }
}

/** The tree of a repository without any file. */
export function emptyTree(head: string): string {
  return objectId('tree', Buffer.alloc(0), algorithmOf(head));
}

function algorithmOf(id: string | null): 'sha1' | 'sha256' {
  return id?.length === 64 ? 'sha256' : 'sha1';
}

function modeOf({ mode }: Stats): string {
  return (mode & 0o100) === 0 ? '100644' : '100755';
}

function objectId(type: 'blob' | 'tree', content: Buffer, algorithm: string): string {
  return createHash(algorithm).update(`${type} ${content.length}\0`).update(content).digest('hex');
}
