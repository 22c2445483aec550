import { readSync } from 'node:fs';
import { errorCode } from '../stores/error-code.ts';

/** Reads our stdin, waiting for it: nothing else is to be done before the order is known. 0: its end, or that it cannot be read. */
export function readStdin(into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, into);
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') {
        return 0;
      }
      Atomics.wait(sleeper, 0, 0, 5);
    }
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));
