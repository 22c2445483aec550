import { flushCompileCache } from 'node:module';
import type { CliContext } from './cli-context.ts';
import { readArguments } from './program.ts';
import { renderError } from './render-error.ts';
import { createTerminal } from './terminal.ts';

/** The only place that sets the exit code. */
async function main(): Promise<number> {
  const environment = process.env;
  const asked = readArguments(process.argv.slice(2));
  const terminal = createTerminal({ environment, hasColor: asked.hasColor });
  if (asked.kind === 'text') {
    (asked.exitCode === 0 ? process.stdout : process.stderr).write(asked.text);
    return asked.exitCode;
  }
  const context: CliContext = {
    globals: asked.globals,
    environment,
    cwd: process.cwd(),
    terminal,
  };
  try {
    const { run } = await asked.load();
    setTimeout(flushCompileCache, FLUSH_AFTER_MS).unref();
    return await run(context, asked.options, asked.args);
  } catch (error) {
    return renderError(error, context);
  }
}

/** A long-lived process that is killed never writes its compile cache by itself. */
const FLUSH_AFTER_MS = 1_500;

/** Whoever reads us has gone (`| head`): there is nobody to tell. */
process.stdout.on('error', () => process.exit(0));

process.exitCode = await main();
process.exit();
