import { parsePrd, type PrdItem } from '../../domain/progress/prd-items.ts';

/** The checkboxes of a folder's PRD.md; null: there is none that can be read. Never throws. */
export async function readPrd(folder: string): Promise<readonly PrdItem[] | null> {
  const { readFile } = await import('node:fs/promises');
  try {
    return parsePrd(await readFile(`${folder}/PRD.md`, 'utf8'));
  } catch {
    return null;
  }
}
