/**
 * Names of the folders in a folder, sorted, links to folders among them: what could be a target. Hidden ones, `node_modules`
 * and names that could be taken for an option are none. null: there is no such folder. Never throws.
 */
export async function foldersIn(place: string): Promise<readonly string[] | null> {
  const { readdir, stat } = await import('node:fs/promises');
  const entries = await readdir(place, { withFileTypes: true }).catch(() => null);
  if (entries === null) {
    return null;
  }
  const names: string[] = [];
  for (const entry of entries.filter(({ name }) => NAME.test(name))) {
    const found = entry.isSymbolicLink()
      ? await stat(`${place}/${entry.name}`).catch(() => null)
      : entry;
    if (found?.isDirectory()) {
      names.push(entry.name);
    }
  }
  return names.toSorted();
}

const NAME = /^(?!node_modules$)[^\s\p{Cc}.-][^\p{Cc}]{0,199}$/u;
