import { AutoloopError, EXIT } from '../domain/error.ts';

/** 156: the file cannot be understood. Nothing is written over it. */
export class DamagedFileError extends AutoloopError {}

export function damagedFileError(path: string, why: string): DamagedFileError {
  return damagedFilesError(`${path}: ${why}`, [path]);
}

/** The same of files that only lead on together. `paths`: those that are to be moved away. */
export function damagedFilesError(what: string, paths: readonly string[]): DamagedFileError {
  const moves = paths.map((path) => `mv ${path} ${path}.damaged`).join(' && ');
  const them = paths.length === 1 ? 'it' : 'them';
  return new DamagedFileError({
    code: EXIT.state,
    message: `Cannot understand ${what}.`,
    fix: `Look at ${them}, then move ${them} away and start again: ${moves}`,
  });
}

export interface NewerFormat {
  readonly path: string;
  /** Of the file: `format`, `version`. */
  readonly field: string;
  readonly found: number;
  /** The highest one known here. */
  readonly known: number;
}

/** 156: a newer autoloop wrote the file. Nothing is written over it. */
export function newerFormatError({ path, field, found, known }: NewerFormat): AutoloopError {
  return new AutoloopError({
    code: EXIT.state,
    message: `${path} was written by a newer autoloop: its ${field} is ${found}, this one knows ${known}.`,
    fix: 'Start the loop with that autoloop or a later one.',
  });
}
