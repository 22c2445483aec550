import { KeptFile } from './kept-file.ts';
import { removeFile } from './remove-file.ts';
import { readTextFile } from './text-file.ts';

/** `loop.pid`: for people and scripts. Never believed by itself. */
export function writeOwnPid(path: string): KeptFile {
  const file = new KeptFile(path);
  file.write(`${process.pid}\n`);
  return file;
}

/** null: there is none, or no number in it. */
export function readPid(path: string): number | null {
  const text = readTextFile(path)?.trim() ?? '';
  return /^[1-9]\d*$/.test(text) ? Number(text) : null;
}

/** Removes the file where it names this process; another's stays. */
export function removeOwnPid(path: string): void {
  if (readPid(path) === process.pid) {
    removeFile(path);
  }
}
