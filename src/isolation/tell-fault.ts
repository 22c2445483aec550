import { writeSync } from 'node:fs';

/** Says on stderr what broke: the stack alone, as Node would print a minified line of source with it. */
export function tellFault(error: unknown, redact: (text: string) => string): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    writeSync(2, `${redact(stack)}\n`);
  } catch {
    // Nobody listens.
  }
}
