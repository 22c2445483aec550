import type { DirtyFile, WorkspaceLook } from './workspace-look.ts';

/** What two looks saw, and in between, by path: what the commit of the first had, and what that of the second has. */
export interface Seen {
  readonly before: NonNullable<WorkspaceLook['files']>;
  readonly after: NonNullable<WorkspaceLook['files']>;
  /** Where the commits differ; empty: it is the same one. */
  readonly moved: ReadonlyMap<string, DirtyFile>;
}

/** Paths whose content is another one, sorted. What was changed before, and only committed since, is none. */
export function changesBetween({ before, after, moved }: Seen): string[] {
  const paths = new Set([...before.keys(), ...after.keys(), ...moved.keys()]);
  return [...paths]
    .filter((path) => {
      const [first, last, commits] = [before.get(path), after.get(path), moved.get(path)];
      const was = first?.is ?? commits?.was ?? last?.was;
      const is = last?.is ?? commits?.is ?? first?.was;
      return was !== is;
    })
    .toSorted();
}
