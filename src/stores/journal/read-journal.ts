import { basename } from 'node:path';
import type { JournalEntry, JournalStart, JournalStep } from '../../domain/journal.ts';
import { openGrowingFile } from '../growing-file.ts';
import { parseJson } from '../parse-json.ts';
import { hasShape, isCount, isNumber, isRecord, isString, type Shape } from '../shape.ts';
import { journalParts } from './journal-parts.ts';

/** Ids of the runs that have a journal, oldest first. Throws AutoloopError 155. */
export function journaledRuns(directory: string): string[] {
  return [...new Set(journalParts(directory).map(({ runId }) => runId))];
}

/** What a run's journal tells, in order. Torn and foreign lines are passed over. Throws AutoloopError 155. */
export function* readJournal(directory: string, runId: string): Generator<JournalEntry> {
  for (const part of journalParts(directory)) {
    const file = part.runId === runId ? openGrowingFile(part.path) : null;
    try {
      for (const line of file?.lines() ?? []) {
        const entry = parseEntry(line);
        if (entry !== null) {
          yield entry;
        }
      }
    } finally {
      file?.close();
    }
  }
}

/** The same as it lies there, part by part. Throws AutoloopError 155. */
export function* journalTexts(
  directory: string,
  runId: string,
): Generator<{ readonly name: string; readonly texts: readonly string[] }> {
  for (const part of journalParts(directory)) {
    const file = part.runId === runId ? openGrowingFile(part.path) : null;
    if (file !== null) {
      const texts = [...file.lines()].filter((line) => parseEntry(line) !== null);
      file.close();
      yield { name: basename(part.path), texts };
    }
  }
}

/** null: it is none. */
function parseEntry(line: string): JournalEntry | null {
  const value = parseJson(line);
  return hasShape(value, STEP) || hasShape(value, START) ? value : null;
}

const STEP: Shape<JournalStep> = {
  n: isCount,
  at: isNumber,
  event: (value) => isRecord(value) && isString(value['type']),
  state: isString,
  hash: isString,
};

const START: Shape<JournalStart> = {
  start: isString,
  n: isCount,
  at: isNumber,
  run_id: isString,
  autoloop: isString,
  machine: isString,
  version: isCount,
  definitionHash: isString,
  snapshot: isRecord,
};
