import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Note, Notes } from '../ports/notes.ts';
import { createFileOnce } from './durable-file.ts';
import { errorCode } from './error-code.ts';
import { parseJson } from './parse-json.ts';
import { makePrivateDirectory, syncDirectory } from './private-directory.ts';
import type { Redacting } from './redacting.ts';
import { removeFile } from './remove-file.ts';
import { hasShape, isString, orNull, type Shape } from './shape.ts';
import { storageError } from './storage-error.ts';
import { readTextFile } from './text-file.ts';

export interface NoteSpace {
  /** `notes/`, absolute; created with the first note. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly redactor: Redacting;
}

/** A file per waiting note: any number of processes add while the runner delivers, and none waits for another. */
export class NoteFolder implements Notes {
  readonly #space: NoteSpace;

  constructor(space: NoteSpace) {
    this.#space = space;
  }

  /** On disk when it returns. Throws AutoloopError (153, 155). */
  add({ text, target }: Omit<Note, 'id' | 'at'>): Note {
    const { directory, clock, redactor } = this.#space;
    makePrivateDirectory(directory);
    const at = new Date(clock.now()).toISOString();
    for (let sameInstant = 0; ; sameInstant += 1) {
      const note = { id: noteId(at, sameInstant), at, text: redactor.redactValue(text), target };
      if (createFileOnce(this.#path(note.id), `${JSON.stringify(note)}\n`)) {
        return note;
      }
    }
  }

  /** Oldest first; files that are no notes are left alone. */
  pending(): readonly Note[] {
    return this.#ids()
      .map((id) => parseJson(readTextFile(this.#path(id)) ?? ''))
      .filter((note) => hasShape(note, NOTE));
  }

  /** Removes what a prompt has told, and nothing that came since. Killed halfway, it leaves notes to be told twice. */
  deliver(ids: readonly string[]): void {
    const delivered = this.#ids().filter((id) => ids.includes(id));
    for (const id of delivered) {
      removeFile(this.#path(id));
    }
    if (delivered.length > 0) {
      syncDirectory(this.#space.directory);
    }
  }

  #ids(): string[] {
    return filesIn(this.#space.directory)
      .map((name) => FILE_NAME.exec(name)?.[1])
      .filter((id) => id !== undefined)
      .toSorted();
  }

  #path(id: string): string {
    return join(this.#space.directory, `${id}.json`);
  }
}

/** Throws AutoloopError 155 where something else is in its place, or it cannot be read. */
export function checkNoteFolder(path: string): void {
  filesIn(path);
}

const FILE_NAME = /^(\d{8}T\d{9}-\d{3,})\.json$/;

const NOTE: Shape<Note> = { id: isString, at: isString, text: isString, target: orNull(isString) };

/** `20261123T094500123-000`: time, then a number among those of the same millisecond. */
function noteId(at: string, sameInstant: number): string {
  return `${at.replaceAll(/[-:.Z]/g, '')}-${String(sameInstant).padStart(3, '0')}`;
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return [];
    }
    throw storageError(error, { verb: 'read', path: directory });
  }
}
