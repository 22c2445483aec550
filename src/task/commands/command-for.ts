import { splitCommand } from '../../domain/split-command.ts';

/**
 * Program and arguments of a command that a user has written, for a target: split into words as a shell would, nothing
 * expanded, then `{target}` replaced in each word. The name stays within its word, whatever it holds. Empty: no command, or
 * a quote that is not closed.
 */
export function commandFor(text: string, target: string): string[] {
  return (splitCommand(text) ?? []).map((word) => word.replaceAll('{target}', () => target));
}

/** Whether a text can be read as a command; an empty one is none that is wrong. */
export function isCommand(text: string): boolean {
  return splitCommand(text) !== null && !text.includes('\0');
}
