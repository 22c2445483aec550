import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { DrawnMachine } from '../../inspect/drawn-machine.ts';
import { MACHINES } from '../../inspect/machines.ts';
import { renderSvg } from '../../inspect/svg/render-svg.ts';
import { toJson } from '../../inspect/to-json.ts';
import { toMermaid } from '../../inspect/to-mermaid.ts';
import { toStately } from '../../inspect/to-stately.ts';
import type { CommandOptions, RunCommand } from '../cli-context.ts';
import { findLayout } from '../graph/find-layout.ts';

/** The diagram of a machine, from the very definition that runs. `--json` alone asks for the JSON form. */
export const run: RunCommand = async ({ terminal, globals }, options) => {
  const machine = MACHINES[text(options['machine']) ?? 'loop'];
  if (!machine) {
    throw refused('--machine', text(options['machine']), Object.keys(MACHINES));
  }
  const format = text(options['format']) ?? (globals.json ? 'json' : 'mermaid');
  const render = FORMATS[format];
  if (!render) {
    throw refused('--format', format, Object.keys(FORMATS));
  }
  terminal.write(render(machine));
  return EXIT.ok;
};

const FORMATS: Readonly<Record<string, (machine: DrawnMachine) => string>> = {
  mermaid: toMermaid,
  svg: (machine) => renderSvg(machine, findLayout(machine)),
  stately: toStately,
  json: (machine) => `${JSON.stringify(toJson(machine), null, 2)}\n`,
};

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
