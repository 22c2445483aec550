import { AutoloopError, EXIT } from '../domain/error.ts';

/** Writes a file that is for the user and not of a loop's data: where it cannot be, another one is named with `-o`. */
export function writeOutput(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof AutoloopError && error.code === EXIT.access) {
      const { code, message } = error;
      const fix = 'Name another file with -o, or give this one a folder that can be written.';
      throw new AutoloopError({ code, message, fix, cause: error });
    }
    throw error;
  }
}
