import { flushCompileCache } from 'node:module';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { CliContext } from './cli-context.ts';
import { readArguments } from './program.ts';
import { renderError } from './render-error.ts';
import { createTerminal } from './terminal.ts';

/** The only place that sets the exit code. */
async function main(): Promise<number> {
  const environment = process.env;
  const asked = await readArguments(process.argv.slice(2));
  const terminal = createTerminal({
    environment,
    hasColor: asked.hasColor,
    unheard: () => process.exit(EXIT.ok),
  });
  if (asked.kind === 'text') {
    return tellText(asked);
  }
  const { globals } = asked;
  // Redacted and without a minified line of source, which Node would print.
  process.on('uncaughtException', (error) => {
    if (isStray(error)) {
      terminal.notice(`Left behind by a hook, and failed since: ${error.message}`);
    } else {
      process.exit(renderError(error, { globals, terminal }));
    }
  });
  try {
    const context: CliContext = { globals, environment, cwd: whereWeAre(), terminal };
    const { run } = await asked.load();
    // What a task prints is no result of ours: stdout is for those.
    globalThis.console = new console.Console(process.stderr);
    setTimeout(flushCompileCache, FLUSH_AFTER_MS).unref();
    return await run(context, asked.options, asked.args);
  } catch (error) {
    return renderError(error, { globals, terminal });
  }
}

/** A task's code runs only where a task was loaded; short commands do without what would know. */
function isStray(error: unknown): boolean {
  const known: unknown = Reflect.get(globalThis, Symbol.for('autoloop/stray'));
  return typeof known === 'function' && Reflect.apply(known, undefined, [error]) === true;
}

function whereWeAre(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new AutoloopError({
      code: EXIT.access,
      message: 'The folder that this was called from does not exist any more.',
      fix: 'Change to another one (cd ..), and call it again.',
      cause,
    });
  }
}

/** Help and version; what is wrong with the arguments is told as every other error. */
function tellText({ text, exitCode }: { text: string; exitCode: number }): number {
  const isJson = exitCode !== 0 && process.argv.includes('--json');
  const [message = '', ...fix] = text.trim().split('\n');
  const error = { code: exitCode, message: message.replace(/^error: /, ''), fix: fix.join(' ') };
  (exitCode === 0 || isJson ? process.stdout : process.stderr).write(
    isJson ? `${JSON.stringify({ error })}\n` : text,
  );
  return exitCode;
}

/** A long-lived process that is killed never writes its compile cache by itself. */
const FLUSH_AFTER_MS = 1_500;

void main().then((exitCode) => process.exit(exitCode));
