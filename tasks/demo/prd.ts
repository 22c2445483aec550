import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePrd, type PrdItem } from 'autoloop/task';

/** Items of the folder's PRD.md that are not checked off, in its order. Throws when there is no PRD.md. */
export function openItems(folder: string): string[] {
  return items(folder)
    .filter((item) => !item.done)
    .map((item) => item.text);
}

export function items(folder: string): PrdItem[] {
  return parsePrd(readFileSync(join(folder, 'PRD.md'), 'utf8'));
}
