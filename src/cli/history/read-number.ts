import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CommandOptions } from '../cli-context.ts';

/** `-n N` as the parser names it, by its letter or its long form; null: not given. Throws AutoloopError 150. */
export function lineCount(options: CommandOptions): number | null {
  const text = options['lines'] ?? options['n'] ?? options['number'];
  return typeof text === 'string'
    ? wholeNumber(text, { name: '-n', least: 0, code: EXIT.configuration })
    : null;
}

/** A positive number given as an argument; null: not given. Throws AutoloopError 2. */
export function numberArgument(text: string | undefined, name: string): number | null {
  return text === undefined ? null : wholeNumber(text, { name, least: 1, code: EXIT.usage });
}

/** `--iteration N`; null: not given. Throws AutoloopError 150. */
export function iterationOption(options: CommandOptions): number | null {
  return countOption(options, 'iteration');
}

/** An option that takes a number from 1 on; null: not given. Throws AutoloopError 150. */
export function countOption(options: CommandOptions, name: string): number | null {
  const text = options[name];
  return typeof text === 'string'
    ? wholeNumber(text, { name: `--${name}`, least: 1, code: EXIT.configuration })
    : null;
}

interface Demand {
  readonly name: string;
  readonly least: number;
  readonly code: number;
}

function wholeNumber(text: string, { name, least, code }: Demand): number {
  const value = /^\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= least)) {
    throw new AutoloopError({
      code,
      message: `${name} is "${text}", which is no whole number from ${least} on.`,
      fix: `Give a number, as in: ${name.startsWith('-') ? `${name} 20` : '20'}`,
    });
  }
  return value;
}
