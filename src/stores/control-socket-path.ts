import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makePrivateDirectory } from './private-directory.ts';

export interface ControlSocketPlace {
  /** The data folder as `openDataDirectory` returned it. */
  readonly directory: string;
  /** `$XDG_RUNTIME_DIR`; null: not set. */
  readonly runtimeDirectory: string | null;
}

/**
 * Where the runner listens: in the data folder, elsewhere where that path would be too long for a socket; the folder
 * is there then, and nobody else's. Clients ask `loop.owner.json`, as their environment may be another.
 * Throws AutoloopError 155 where another user got hold of the folder.
 */
export function controlSocketPath(place: ControlSocketPlace): string {
  const inside = join(place.directory, 'control.sock');
  if (fits(inside)) {
    return inside;
  }
  const path = pathsElsewhere(place).find(fits);
  if (path === undefined) {
    throw new Error('No folder has a name that is short enough for a socket');
  }
  makePrivateDirectory(dirname(path));
  return path;
}

/** The kernel allows 107 bytes on Linux, 103 on macOS. */
const MAX_BYTES = 100;

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_BYTES;
}

function pathsElsewhere({ directory, runtimeDirectory }: ControlSocketPlace): string[] {
  const name = `${createHash('sha256').update(directory).digest('hex').slice(0, 16)}.sock`;
  const own = `autoloop-${process.geteuid?.() ?? 0}`;
  return [
    ...(runtimeDirectory === null ? [] : [join(runtimeDirectory, 'autoloop', name)]),
    join(tmpdir(), own, name),
    join('/tmp', own, name),
  ];
}
