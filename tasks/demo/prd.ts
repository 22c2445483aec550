import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Items of the folder's PRD.md that are not checked off, in its order. Throws when there is no PRD.md. */
export function openItems(folder: string): string[] {
  return items(folder)
    .filter((item) => !item.done)
    .map((item) => item.text);
}

export function items(folder: string): { text: string; done: boolean }[] {
  const prd = readFileSync(join(folder, 'PRD.md'), 'utf8');
  return [...prd.matchAll(/^[-*] \[(?<mark>[ xX])\] +(?<text>\S.*?)\s*$/gm)].map(({ groups }) => ({
    text: groups?.['text'] ?? '',
    done: groups?.['mark'] !== ' ',
  }));
}
