import type { CliContext, CommandOptions, RunCommand } from '../../../src/cli/cli-context.ts';
import { describeError } from '../../../src/domain/error.ts';

/** Runs one command module as the program does: `run-command.ts '{"name": …}'`. */
interface Order {
  readonly name: string;
  readonly globals: Partial<CliContext['globals']>;
  readonly options: CommandOptions;
  readonly args: readonly string[];
  readonly columns: number;
}

const order: Order = JSON.parse(process.argv[2] ?? '{}');
const globals = {
  ...{ task: null, prompt: null, name: null, root: null, data: null, workspace: null },
  ...{ json: false, quiet: false, verbose: false },
  ...order.globals,
};
const context: CliContext = {
  globals,
  environment: process.env,
  cwd: process.cwd(),
  terminal: {
    write: (text) => void process.stdout.write(text),
    notice: (line) => void process.stderr.write(`${line}\n`),
    outlive: () => {},
    ...{ isInteractive: false, hasColor: false, columns: order.columns },
  },
};

try {
  const module: { run: RunCommand } = await import(`../../../src/cli/commands/${order.name}.ts`);
  process.exitCode = await module.run(context, order.options, order.args);
} catch (error) {
  const { code, message, fix } = describeError(error);
  process.stderr.write(`${message}\n${fix ?? ''}\n`);
  process.exitCode = code;
}
