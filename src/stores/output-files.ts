import { changedAt } from './file-mark.ts';

/** Where the end of an iteration's output waits while it runs, once there is more of it than may be kept. */
export function outputTails(path: string): readonly [string, string] {
  return [`${path}.tail-1`, `${path}.tail-2`];
}

/** The file that the output was last written to, and when; null: there is none, or it cannot be reached. */
export function youngestOutput(path: string): { readonly path: string; readonly at: Date } | null {
  const found = [path, ...outputTails(path)].flatMap((file) => {
    const at = changedAt(file);
    return at === null ? [] : { path: file, at: new Date(at) };
  });
  return found.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0] ?? null;
}
