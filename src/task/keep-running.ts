import { isStrayOfTask } from './stray-error.ts';

/**
 * Lets no code of a task end the runner by `process.exit`, which would leave a run open and, with code 0, look like a good
 * end: it throws there instead. autoloop itself ends as it likes.
 */
export function keepRunning(): void {
  if (isKept) {
    return;
  }
  isKept = true;
  const leave = process.exit.bind(process);
  process.exit = function exit(code?: number | string | null): never {
    const refused = new Error('process.exit was called: it would end the loop');
    Error.captureStackTrace(refused, exit);
    if (isStrayOfTask(refused)) {
      throw refused;
    }
    return leave(code);
  };
}

let isKept = false;
