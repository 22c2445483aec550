import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of the files in a folder and below it; what goes away meanwhile is not counted. */
export function folderBytes(directory: string): number {
  return entriesOf(directory).reduce((sum, entry) => {
    const path = join(directory, entry.name);
    return sum + (entry.isDirectory() ? folderBytes(path) : fileBytes(path));
  }, 0);
}

/** The same of a file, or of a folder. */
export function pathBytes(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() ? folderBytes(path) : (found?.size ?? 0);
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

function fileBytes(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
