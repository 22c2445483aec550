import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../../stores/error-code.ts';
import { storageError } from '../../stores/storage-error.ts';
import type { ProjectFile } from './project-files.ts';

/** Writes the file where there is none; false: something is there, and stays. Throws AutoloopError 153, 155. */
export function writeMissing({ path, text }: ProjectFile): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return false;
    }
    throw storageError(error, { verb: 'write', path });
  }
}
