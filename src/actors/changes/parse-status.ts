/** A path that is not as the last commit has it. */
export interface StatusEntry {
  readonly path: string;
  /** Mode and id in the last commit; empty: it is not there. */
  readonly was: string;
  /** As git told it. */
  readonly text: string;
}

/** Reads `git status --porcelain=v2 --branch -z --no-renames`. */
export function parseStatus(status: string): {
  /** null: nothing was committed yet. */
  readonly head: string | null;
  readonly entries: readonly StatusEntry[];
} {
  let head: string | null = null;
  const entries: StatusEntry[] = [];
  for (const text of status.split('\0')) {
    const columns = COLUMNS[text.charAt(0)];
    if (text.startsWith(HEAD)) {
      head = text === `${HEAD}(initial)` ? null : text.slice(HEAD.length);
    } else if (columns !== undefined) {
      const fields = text.split(' ');
      const path = fields.slice(columns.path).join(' ');
      entries.push({ path, was: committed(fields, columns), text });
    }
  }
  return { head, entries };
}

const HEAD = '# branch.oid ';

interface Columns {
  readonly path: number;
  /** Of the last commit; absent: it has no such file. */
  readonly mode?: number;
  readonly id?: number;
}

/** Ordinary, unmerged, untracked. */
const COLUMNS: Readonly<Record<string, Columns>> = {
  '1': { path: 8, mode: 3, id: 6 },
  u: { path: 10, mode: 4, id: 8 },
  '?': { path: 1 },
};

function committed(fields: readonly string[], { mode, id }: Columns): string {
  const told = mode === undefined || id === undefined ? '000000' : (fields[mode] ?? '');
  return told === '000000' ? '' : `${told} ${fields[id ?? 0] ?? ''}`;
}
