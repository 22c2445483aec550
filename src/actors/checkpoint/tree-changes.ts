import type { Git } from './git.ts';
import type { Repository } from './repository.ts';

/** A path that differs, and what it is afterwards. */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  /** null: it is gone. */
  readonly sha: string | null;
}

export async function changesBetween(
  { git }: { readonly git: Git },
  before: string,
  after: string,
): Promise<TreeChange[]> {
  if (before === after) {
    return [];
  }
  const fields = await git.list(['diff-tree', '-r', '-z', '--raw', '--no-renames', before, after]);
  const changes: TreeChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    // `:100644 100644 SHA SHA M`
    const [, mode = '', , sha = '', status] = (fields[at] ?? '').split(' ');
    changes.push({ path: fields[at + 1] ?? '', mode, sha: status === 'D' ? null : sha });
  }
  return changes;
}

/** The tree with these changes made to it. */
export async function treeWith(
  repository: Repository,
  tree: string,
  changes: readonly TreeChange[],
): Promise<string> {
  if (changes.length === 0) {
    return tree;
  }
  const { git, scratch } = repository;
  const index = `${scratch}/index-of-a-tree`;
  await git.run(['read-tree', tree], { index });
  await stage(repository, changes, index);
  return git.line(['write-tree'], { index });
}

/** Puts the changes into an index; without one named, into the repository's own. */
export async function stage(
  { git, emptyTree }: Repository,
  changes: readonly TreeChange[],
  index?: string,
): Promise<void> {
  if (changes.length === 0) {
    return;
  }
  // What goes makes room for what comes: a file may become a folder.
  const ordered = [
    ...changes.filter(({ sha }) => sha === null),
    ...changes.filter(({ sha }) => sha !== null),
  ];
  const input = ordered.map(({ mode, sha, path }) =>
    sha === null ? `0 ${'0'.repeat(emptyTree.length)}\t${path}\0` : `${mode} ${sha}\t${path}\0`,
  );
  const call = { input: input.join(''), ...(index !== undefined && { index }) };
  await git.run(['update-index', '-z', '--index-info'], call);
}
