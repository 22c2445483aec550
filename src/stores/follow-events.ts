import { dirname } from 'node:path';
import type { RecordedEvent } from '../domain/event.ts';
import { Bell } from './bell.ts';
import { openGenerations } from './event-generations.ts';
import type { GrowingFile } from './growing-file.ts';
import { fileAt, isSameFile } from './open-file.ts';
import { eventsIn, type EventRange } from './read-events.ts';
import { watchDirectory } from './watch-directory.ts';

export interface EventFollowing extends EventRange {
  /** Ends the following without an error. */
  readonly signal: AbortSignal;
}

/** Kept events, then those to come, each once and in order, over rotation and truncation. Need not exist yet. */
export async function* followEvents(
  path: string,
  { from = 1, signal }: EventFollowing,
): AsyncGenerator<RecordedEvent> {
  const bell = new Bell();
  const ring = (): void => bell.ring();
  const stopWatching = watchDirectory(dirname(path), ring);
  signal.addEventListener('abort', ring);
  const follower = new EventFollower(path, from);
  try {
    while (!signal.aborted) {
      yield* follower.news();
      await bell.heard();
    }
  } finally {
    signal.removeEventListener('abort', ring);
    stopWatching();
    follower.close();
  }
}

class EventFollower {
  readonly #path: string;
  /** Oldest first; only the youngest still grows. */
  readonly #files: GrowingFile[] = [];
  #next: number;

  constructor(path: string, from: number) {
    this.#path = path;
    this.#next = from;
  }

  *news(): Generator<RecordedEvent> {
    this.#openYounger();
    let file = this.#files[0];
    while (file !== undefined) {
      yield* this.#readOn(file);
      file = this.#closeOutgrown();
    }
  }

  close(): void {
    for (const file of this.#files) {
      file.close();
    }
  }

  #openYounger(): void {
    const current = fileAt(this.#path);
    const youngest = this.#files.at(-1)?.identity ?? null;
    if (current !== null && (youngest === null || !isSameFile(current, youngest))) {
      this.#files.push(...openGenerations(this.#path, youngest));
    }
  }

  /** Closes the oldest file where a younger one goes on, and returns that. */
  #closeOutgrown(): GrowingFile | undefined {
    if (this.#files.length < 2) {
      return undefined;
    }
    this.#files.shift()?.close();
    return this.#files[0];
  }

  *#readOn(file: GrowingFile): Generator<RecordedEvent> {
    for (const event of eventsIn(file, this.#next)) {
      this.#next = event.seq + 1;
      yield event;
    }
  }
}
