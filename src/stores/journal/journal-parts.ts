import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../error-code.ts';
import { storageError } from '../storage-error.ts';

/** One file of a run's journal. */
export interface JournalPart {
  readonly path: string;
  readonly runId: string;
  /** Counts from 1 within the run. */
  readonly part: number;
}

export function partPath(directory: string, { runId, part }: Omit<JournalPart, 'path'>): string {
  return join(directory, `${runId}.${String(part).padStart(3, '0')}.ndjson`);
}

/**
 * Of all runs, oldest run first and each in order; none where there is no such folder. What is no file, whoever put it
 * there, is none of them. Throws AutoloopError 155.
 */
export function journalParts(directory: string): JournalPart[] {
  return namesIn(directory)
    .map((name) => partNamed(directory, name))
    .filter((part) => part !== null)
    .toSorted(byRunAndNumber);
}

/** Runs are named by the moment they began. */
function byRunAndNumber(left: JournalPart, right: JournalPart): number {
  if (left.runId !== right.runId) {
    return left.runId < right.runId ? -1 : 1;
  }
  return left.part - right.part;
}

function partNamed(directory: string, name: string): JournalPart | null {
  const [, runId, part] = /^([\w-]+)\.(\d{3,9})\.ndjson$/.exec(name) ?? [];
  return runId === undefined ? null : { path: join(directory, name), runId, part: Number(part) };
}

function namesIn(directory: string): string[] {
  try {
    const found = readdirSync(directory, { withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return [];
    }
    throw storageError(error, { verb: 'read', path: directory });
  }
}
