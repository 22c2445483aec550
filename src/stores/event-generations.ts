import { openGrowingFile, type GrowingFile } from './growing-file.ts';
import { isSameFile, type FileIdentity } from './open-file.ts';

/**
 * Opens the event files that are younger than `known` (null: all), oldest first. They are opened youngest first, and
 * each one once, so that a rotation in between, which only makes names older, hides none and shows none twice.
 */
export function openGenerations(path: string, known: FileIdentity | null): GrowingFile[] {
  const opened: GrowingFile[] = [];
  for (const file of youngestFirst(path)) {
    if (known !== null && isSameFile(file.identity, known)) {
      file.close();
      break;
    }
    if (opened.some((other) => isSameFile(other.identity, file.identity))) {
      file.close();
    } else {
      opened.push(file);
    }
  }
  return opened.toReversed();
}

/** One missing number may be a rotation under way; two are the end. */
function* youngestFirst(path: string): Generator<GrowingFile> {
  let missing = 0;
  for (let generation = 0; missing < 2; generation += 1) {
    const file = openGrowingFile(generation === 0 ? path : `${path}.${generation}`);
    missing = file === null ? missing + 1 : 0;
    if (file !== null) {
      yield file;
    }
  }
}
