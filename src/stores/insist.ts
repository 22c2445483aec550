/**
 * Does the work again while it fails by something that passes: who deletes a folder, or fights for a file, is at it for a
 * while. Nothing else of this process goes on meanwhile; after two seconds the last error is thrown.
 */
export function insist<Result>(work: () => Result, passes: (error: unknown) => boolean): Result {
  const giveUpAt = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!passes(error) || performance.now() > giveUpAt) {
        throw error;
      }
      Atomics.wait(NEVER, 0, 0, PAUSE_MS);
    }
  }
}

const LONGEST_MS = 2_000;
const PAUSE_MS = 2;
const NEVER = new Int32Array(new SharedArrayBuffer(4));
