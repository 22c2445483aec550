import { prdCompletion } from '../../domain/progress/prd-completion.ts';
import { parsePrd } from '../../domain/progress/prd-items.ts';
import { documentationShare } from './documentation-share.ts';
import { openShare } from './open-share.ts';

/** How far the work in a folder is, by its PRD.md and README.md. */
export interface FolderFigures {
  readonly hasPrd: boolean;
  /** Checkboxes of its PRD.md. */
  readonly done: number;
  readonly total: number;
  /** By the weight of their priority, 0 to 1; null: there are no checkboxes. */
  readonly openShare: number | null;
  /** 0 to 1. */
  readonly documentation: number;
}

/** Worked out again only where one of both files is not what it was. Never throws. */
export async function folderFigures(folder: string): Promise<FolderFigures> {
  const { statSync } = await import('node:fs');
  const stamp = FILES.map((name) => {
    try {
      const stat = statSync(`${folder}/${name}`, { throwIfNoEntry: false });
      return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}` : '';
    } catch {
      return '';
    }
  }).join('\n');
  const before = known.get(folder);
  if (before?.stamp === stamp) {
    return before.figures;
  }
  const figures = await workOut(folder);
  const isOld = lastChange(stamp) < Date.now() - FRESH_MS;
  if (isOld) {
    known.set(folder, { stamp, figures });
  } else {
    known.delete(folder);
  }
  return figures;
}

const FILES = ['PRD.md', 'README.md'];
/** Two writes within so long may leave the same time. */
const FRESH_MS = 2_000;
const known = new Map<string, { readonly stamp: string; readonly figures: FolderFigures }>();

function lastChange(stamp: string): number {
  return Math.max(0, ...stamp.split('\n').map((file) => Number(file.split(' ')[3] ?? 0)));
}

async function workOut(folder: string): Promise<FolderFigures> {
  const { readFile } = await import('node:fs/promises');
  const read = (name: string) => readFile(`${folder}/${name}`, 'utf8').catch(() => null);
  const [prd, readme] = await Promise.all([read('PRD.md'), read('README.md')]);
  const items = parsePrd(prd ?? '');
  const { done, total } = prdCompletion(items);
  return {
    ...{ hasPrd: prd !== null, done, total, openShare: openShare(items) },
    documentation: documentationShare({ readme: readme ?? '', prd: prd ?? '' }),
  };
}
