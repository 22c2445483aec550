import { emptyTree } from './content-ids.ts';
import { askGit, type LookOrder } from './look-at-workspace.ts';
import type { DirtyFile, WorkspaceLook } from './workspace-look.ts';

/** By path, where the commit of a former look and that of this one differ. null: git cannot tell. */
export async function commitsBetween(
  before: string | null,
  { look: { head, top }, order }: { readonly look: WorkspaceLook; readonly order: LookOrder },
): Promise<ReadonlyMap<string, DirtyFile> | null> {
  if (before === head) {
    return new Map();
  }
  const some = before ?? head ?? '';
  const trees = [before ?? emptyTree(some), head ?? emptyTree(some)];
  const options = ['diff-tree', '-r', '-z', '--raw', '--no-renames', ...trees];
  try {
    return changesIn(await askGit(top, order, options));
  } catch {
    return null;
  }
}

/** `:100644 100644 ID ID M` and the path, each with a NUL behind it. */
function changesIn(raw: string): Map<string, DirtyFile> {
  const fields = raw.split('\0');
  const changes = new Map<string, DirtyFile>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [mode = '', newMode = '', id = '', newId = ''] = (fields[at] ?? '').slice(1).split(' ');
    const [was, is] = [fileOf(mode, id), fileOf(newMode, newId)];
    changes.set(fields[at + 1] ?? '', { was, is });
  }
  return changes;
}

function fileOf(mode: string, id: string): string {
  return mode === '000000' ? '' : `${mode} ${id}`;
}
