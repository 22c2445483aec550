import type { CliContext } from '../cli-context.ts';
import { commandFor, type CommandPlace } from '../status/next-command.ts';

/** Says that there is nothing to show yet, and what to do. Nothing wrong happened: the exit code is 0. */
export function sayEmpty(context: CliContext, place: CommandPlace, what: string): void {
  const begin = commandFor(context, place, 'run');
  context.terminal.notice(`Loop "${place.loop}" has no ${what} yet. Begin with: ${begin}`);
}
