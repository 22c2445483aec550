import type { DataPaths } from '../stores/data-paths.ts';
import { FileAttemptStore } from '../stores/file-attempt-store.ts';
import { checkNoteFolder } from '../stores/note-folder.ts';
import { checkSummaryFile } from '../stores/summary-file.ts';
import { readTextFile } from '../stores/text-file.ts';
import type { LoopState } from './read-state.ts';

/**
 * What the snapshot does not hold and the run depends on: the figures, and the open attempt.
 * Throws AutoloopError 156 where one of them is damaged, 155 where something else lies in the place of a file or of the
 * notes, before anything is written over.
 */
export function checkReadable(paths: DataPaths, state: LoopState): void {
  checkSummaryFile(paths.summary);
  [paths.formerSnapshot, paths.summaryText, paths.heartbeat].forEach(readTextFile);
  checkNoteFolder(paths.notes);
  checkOpenAttempt(paths, state);
}

export function checkOpenAttempt(paths: DataPaths, { restored }: LoopState): void {
  if (restored.kind !== 'new') {
    const { iteration, open } = restored.context;
    const key = { iteration, attempt: open?.attempt ?? 0 };
    const attempts = new FileAttemptStore(paths.iterations);
    attempts.readClaim(key);
    attempts.readResult(key);
  }
}
