import { extname } from 'node:path';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CliContext, CommandOptions } from '../cli-context.ts';

export type ReportFormat = 'html' | 'md' | 'json';

/** `--format`, else `--json`, else what the name of the file says, else html. Throws AutoloopError 150. */
export function reportFormat({ globals }: CliContext, options: CommandOptions): ReportFormat {
  const { format, output } = options;
  if (typeof format === 'string') {
    return FORMATS.find((known) => known === format.toLowerCase()) ?? refuse(format);
  }
  if (globals.json) {
    return 'json';
  }
  const extension = typeof output === 'string' ? extname(output).slice(1).toLowerCase() : '';
  return FORMATS.find((known) => known === extension) ?? 'html';
}

const FORMATS = ['html', 'md', 'json'] as const;

function refuse(format: string): never {
  throw new AutoloopError({
    code: EXIT.configuration,
    message: `--format is "${format}", but there is no such report.`,
    fix: `Choose one of: ${FORMATS.join(', ')}.`,
  });
}
