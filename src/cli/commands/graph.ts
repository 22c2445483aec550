import { AutoloopError, EXIT } from '../../domain/error.ts';
import { MACHINES } from '../../inspect/machines.ts';
import { toJson } from '../../inspect/to-json.ts';
import { toMermaid } from '../../inspect/to-mermaid.ts';
import type { CommandOptions, RunCommand } from '../cli-context.ts';

/** The diagram of a machine, from the very definition that runs. `--json` alone asks for the JSON form. */
export const run: RunCommand = async ({ terminal, globals }, options) => {
  const machine = MACHINES[text(options['machine']) ?? 'loop'];
  if (!machine) {
    throw refused('--machine', text(options['machine']), Object.keys(MACHINES));
  }
  const format = text(options['format']) ?? (globals.json ? 'json' : 'mermaid');
  switch (format) {
    case 'mermaid':
      terminal.write(toMermaid(machine));
      return EXIT.ok;
    case 'json':
      terminal.write(`${JSON.stringify(toJson(machine), null, 2)}\n`);
      return EXIT.ok;
    case 'svg':
      throw withoutSvg();
    default:
      throw refused('--format', format, ['mermaid', 'json']);
  }
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

function withoutSvg(): AutoloopError {
  return new AutoloopError({
    code: EXIT.configuration,
    message: 'The format svg is not available in this version of autoloop.',
    fix: 'Take the mermaid form, which GitHub and many editors draw: autoloop graph --format mermaid',
  });
}
