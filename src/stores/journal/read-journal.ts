import type { JournalEntry, JournalStart, JournalStep } from '../../domain/journal.ts';
import { openGrowingFile } from '../growing-file.ts';
import { parseJson } from '../parse-json.ts';
import { hasShape, isCount, isNumber, isRecord, isString, type Shape } from '../shape.ts';
import { journalParts, type JournalPart } from './journal-parts.ts';

/** Ids of the runs that have a journal, oldest first. Throws AutoloopError 155. */
export function journaledRuns(directory: string): string[] {
  return [...new Set(journalParts(directory).map(({ runId }) => runId))];
}

/** What a run's journal tells, in order. Torn and foreign lines are passed over. Throws AutoloopError 155. */
export function* readJournal(directory: string, runId: string): Generator<JournalEntry> {
  for (const part of journalParts(directory)) {
    if (part.runId === runId) {
      yield* readPart(part);
    }
  }
}

/** The same of one part. */
export function* readPart({ path }: JournalPart): Generator<JournalEntry> {
  const file = openGrowingFile(path);
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
