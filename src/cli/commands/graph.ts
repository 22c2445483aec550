import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { DrawnMachine } from '../../inspect/drawn-machine.ts';
import type { MachineHistory } from '../../inspect/history/machine-history.ts';
import { MACHINES } from '../../inspect/machines.ts';
import { renderSvg } from '../../inspect/svg/render-svg.ts';
import { toJson } from '../../inspect/to-json.ts';
import { toMermaid } from '../../inspect/to-mermaid.ts';
import { toStately } from '../../inspect/to-stately.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { findLayout } from '../graph/find-layout.ts';
import { readHistory } from '../graph/read-history.ts';

/**
 * The diagram of a machine, from the very definition that runs. `--json` alone asks for the JSON form; `--from-run` tells
 * what the loop has done.
 */
export const run: RunCommand = async (context, options) => {
  const { terminal, globals } = context;
  const name = text(options['machine']) ?? 'loop';
  const machine = MACHINES[name];
  if (!machine) {
    throw refused('--machine', name, Object.keys(MACHINES));
  }
  const format = text(options['format']) ?? (globals.json ? 'json' : 'mermaid');
  const render = FORMATS[format];
  if (!render) {
    throw refused('--format', format, Object.keys(FORMATS));
  }
  const fromRun = options['fromRun'];
  const history =
    fromRun === undefined ? null : await historyFor(context, { name, format, fromRun });
  terminal.write(render(machine, history));
  return EXIT.ok;
};

const FORMATS: Readonly<
  Record<string, (machine: DrawnMachine, history: MachineHistory | null) => string>
> = {
  mermaid: toMermaid,
  svg: (machine, history) =>
    renderSvg(machine, findLayout(machine), { hasStyle: true, hasLegend: true, history }),
  stately: toStately,
  json: (machine, history) => `${JSON.stringify(toJson(machine, history), null, 2)}\n`,
};

interface Asked {
  readonly name: string;
  readonly format: string;
  readonly fromRun: CommandOptions[string];
}

async function historyFor(
  context: CliContext,
  { name, format, fromRun }: Asked,
): Promise<MachineHistory> {
  if (name !== 'loop') {
    throw unfit(`--from-run tells of the machine loop, not of ${name}.`, 'Leave --machine out.');
  }
  if (format === 'stately') {
    throw unfit(
      '--from-run has no place in the format stately.',
      'Take another one: --format svg, mermaid or json.',
    );
  }
  return readHistory(context, text(fromRun));
}

function text(option: CommandOptions[string]): string | null {
  return typeof option === 'string' ? option : null;
}

function refused(flag: string, value: string | null, allowed: readonly string[]): AutoloopError {
  return new AutoloopError({
    code: EXIT.configuration,
    message: `${flag} is "${value}", which is not allowed.`,
    fix: `Allowed: ${allowed.join(', ')}.`,
  });
}

function unfit(message: string, fix: string): AutoloopError {
  return new AutoloopError({ code: EXIT.usage, message, fix });
}
