import { AutoloopError, EXIT } from '../domain/error.ts';

/** 156: the file cannot be understood. Nothing is written over it. */
export function damagedFileError(path: string, why: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.state,
    message: `Cannot understand ${path}: ${why}.`,
    fix: `Look at it, then move it away and start again: mv ${path} ${path}.damaged`,
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
