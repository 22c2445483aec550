import type { LoopWorld } from '../loop-world.ts';
import type { DirtyFile, WorkspaceLook } from './workspace-look.ts';

/** A look as it outlives a runner. */
export interface KeptLook {
  readonly head: string | null;
  /** Paths are redacted. */
  readonly files: ReadonlyMap<string, DirtyFile>;
}

/** `iterations/NNNNNN/workspace.json`; not where there is too much to be remembered. */
export function writeLook(
  world: LoopWorld,
  iteration: number,
  { head, files }: WorkspaceLook,
): void {
  if (files !== null) {
    const listed = [...redacted(files, world.redact)].map(([path, { is, was }]) => [path, is, was]);
    const text = `${JSON.stringify({ head, files: listed })}\n`;
    world.attempts.keep(iteration, { name: 'workspace.json', text });
  }
}

/** null: nobody looked, or somebody damaged the file. */
export function readLook({ attempts }: LoopWorld, iteration: number): KeptLook | null {
  try {
    const found: unknown = JSON.parse(attempts.kept(iteration, 'workspace.json') ?? 'null');
    return isKept(found)
      ? {
          head: found.head,
          files: new Map(found.files.map(([path, is, was]) => [path, { is, was }])),
        }
      : null;
  } catch {
    return null;
  }
}

/** By what may be shown of its path. */
export function redacted(
  files: ReadonlyMap<string, DirtyFile>,
  redact: (text: string) => string,
): ReadonlyMap<string, DirtyFile> {
  return new Map([...files].map(([path, file]) => [redact(path), file]));
}

type Row = readonly [path: string, is: string, was: string];

function isKept(found: unknown): found is { head: string | null; files: readonly Row[] } {
  return (
    typeof found === 'object' &&
    found !== null &&
    'head' in found &&
    (found.head === null || typeof found.head === 'string') &&
    'files' in found &&
    Array.isArray(found.files) &&
    found.files.every(isRow)
  );
}

function isRow(row: unknown): row is Row {
  return Array.isArray(row) && row.length === 3 && row.every((field) => typeof field === 'string');
}
