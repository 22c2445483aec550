import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Throws what starting this program would fail with. A shell that starts it for us would only exit with 126 or 127,
 * which an agent may do as well.
 */
export function checkExecutable(name: string, path = ''): void {
  const file = name.includes('/') ? name : onPath(name, path);
  accessSync(file, constants.X_OK);
  if (!statSync(file).isFile()) {
    throw Object.assign(new Error(`${file} is no file`), { code: 'EACCES' });
  }
  const interpreter = interpreterOf(file);
  if (interpreter !== null) {
    accessSync(interpreter, constants.X_OK);
  }
}

function onPath(name: string, path: string): string {
  const files = path.split(':').map((directory) => join(directory || '.', name));
  return files.find((file) => existsSync(file)) ?? name;
}

/** From `#!` to the first blank; null: the file names none, or cannot be read, which it need not be. */
function interpreterOf(file: string): string | null {
  const begin = Buffer.alloc(256);
  try {
    const fd = openSync(file, 'r');
    try {
      readSync(fd, begin);
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
  return /^#![ \t]*(\/[^\s\0]+)/.exec(begin.toString('latin1'))?.[1] ?? null;
}
