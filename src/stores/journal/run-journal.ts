import { closeSync, fstatSync, ftruncateSync, rmSync } from 'node:fs';
import type { JournalEntry, JournalStart, JournalStep } from '../../domain/journal.ts';
import type { Journal } from '../../ports/journal.ts';
import { errorCode } from '../error-code.ts';
import { pathBytes } from '../folder-bytes.ts';
import { openRegular } from '../open-regular.ts';
import { makePrivateDirectory } from '../private-directory.ts';
import { storageError } from '../storage-error.ts';
import { writeWhole } from '../write-whole.ts';
import { journalParts, partPath, type JournalPart } from './journal-parts.ts';
import { lastStepIn } from './last-step.ts';

export interface JournalPlace {
  /** `data/<loop>/journal`. */
  readonly directory: string;
  readonly runId: string;
  /** What the journals of all runs may take; 0: as much as they like. */
  readonly maxBytes: number;
}

/**
 * `journal/<run id>.001.ndjson`, `.002`, …: a line per machine event; every runner, and every fifth of what all of them
 * may take, begins a part of its own. It is a record and no state: nothing is gone on with from it, so that a step does
 * not wait for it to be on the disk. What a power loss takes of it, a replay tells.
 */
export class RunJournal implements Journal {
  readonly lastStep: number;
  readonly #place: JournalPlace;
  #part: number;

  /** Throws AutoloopError 155. */
  constructor(place: JournalPlace) {
    const own = journalParts(place.directory).filter(({ runId }) => runId === place.runId);
    this.#place = place;
    this.lastStep = lastStepOf(own);
    this.#part = (own.at(-1)?.part ?? 0) + 1;
  }

  begin(start: JournalStart): void {
    makePrivateDirectory(this.#place.directory);
    this.#write([start], () => [start]);
    this.#bound();
  }

  append(step: JournalStep, before: () => JournalStart): void {
    const { maxBytes } = this.#place;
    const bytes = this.#write([step], () => [before(), step]);
    if (maxBytes > 0 && bytes >= maxBytes / PARTS) {
      this.#part += 1;
      this.#bound();
    }
  }

  /** `anew`: what is written where the part is empty. How long the part is now. */
  #write(entries: readonly JournalEntry[], anew: () => readonly JournalEntry[]): number {
    try {
      return appendTo(this.#path, entries, anew);
    } catch (error) {
      this.#evade(error);
    }
    const path = this.#path;
    try {
      return appendTo(path, entries, anew);
    } catch (error) {
      throw storageError(error, { verb: 'append to', path });
    }
  }

  /** Who removes the folder, or puts something else in the place of the part, is not fought with over it. */
  #evade(error: unknown): void {
    switch (errorCode(error)) {
      case 'ENOENT':
        makePrivateDirectory(this.#place.directory);
        break;
      case 'EISDIR':
      case 'EFTYPE':
      case 'ELOOP':
        this.#part += 1;
        break;
      default:
        throw storageError(error, { verb: 'append to', path: this.#path });
    }
  }

  get #path(): string {
    const { directory, runId } = this.#place;
    return partPath(directory, { runId, part: this.#part });
  }

  /** The oldest go where all of them take too much, or are too many to be found in. */
  #bound(): void {
    const { directory, maxBytes, runId } = this.#place;
    const own = (part: JournalPart): boolean => part.runId === runId;
    const all = journalParts(directory);
    // This run's at last: where the clock was set back, it is not the youngest by name.
    const parts = [...all.filter((part) => !own(part)), ...all.filter(own)].map(({ path }) => ({
      ...{ path, bytes: pathBytes(path) },
    }));
    let bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    for (const [index, part] of parts.slice(0, -1).entries()) {
      const isTooMuch = maxBytes > 0 && bytes > maxBytes;
      if (!isTooMuch && parts.length - index <= MOST_PARTS) {
        break;
      }
      rmSync(part.path, { recursive: true, force: true });
      bytes -= part.bytes;
    }
  }
}

const PARTS = 5;
const MOST_PARTS = 1_000;

/** Of the last part that tells one; 0: none does. */
function lastStepOf(parts: readonly JournalPart[]): number {
  for (const part of parts.toReversed()) {
    const step = lastStepIn(part);
    if (step !== null) {
      return step;
    }
  }
  return 0;
}

function appendTo(
  path: string,
  entries: readonly JournalEntry[],
  anew: () => readonly JournalEntry[],
): number {
  const fd = openRegular(path, 'a');
  try {
    const { size } = fstatSync(fd);
    const written = size === 0 ? anew() : entries;
    const bytes = Buffer.from(written.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    writeOrNothing(fd, bytes, size);
    return size + bytes.length;
  } finally {
    closeSync(fd);
  }
}

/** What a full disk has no room for as a whole would make the line that comes next unreadable. */
function writeOrNothing(fd: number, bytes: Uint8Array, size: number): void {
  try {
    writeWhole(fd, bytes);
  } catch (error) {
    ftruncateSync(fd, size);
    throw error;
  }
}
