import { AutoloopError, describeError } from '../domain/error.ts';
import type { CliContext } from './cli-context.ts';
import { harmless } from './tables/text-width.ts';

/** Says what is wrong and the fix; a thrown thing that is no AutoloopError is a bug of ours and says so. Returns the exit code. */
export function renderError(
  error: unknown,
  { terminal, globals }: Pick<CliContext, 'terminal' | 'globals'>,
): number {
  const { code, message, fix } = describeError(error);
  if (globals.json) {
    terminal.write(`${JSON.stringify({ error: { code, message, fix } })}\n`);
    return code;
  }
  terminal.notice(`autoloop: ${harmless(message)}`);
  if (fix !== null) {
    terminal.notice(harmless(fix));
  }
  if (!(error instanceof AutoloopError)) {
    const stack = error instanceof Error ? error.stack : undefined;
    const hint = 'This is a bug of autoloop. With --verbose it shows where.';
    terminal.notice(globals.verbose && stack ? stack : hint);
  }
  return code;
}
