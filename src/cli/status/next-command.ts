import type { CliContext } from '../cli-context.ts';
import { programName } from '../program-name.ts';

/** The loop a command is for. */
export interface CommandPlace {
  readonly loop: string;
  readonly task: string;
}

/** A command as the user would type it for this loop: `autoloop start --task improve`. */
export function commandFor(context: CliContext, place: CommandPlace, command: string): string {
  const { root, data, prompt } = context.globals;
  const isPromptTask = place.task === 'prompt';
  const starts = /^(?:run|start|resume|once|dry-run)\b/.test(command);
  const words = [
    ...[programName(context.environment), command],
    ...(isPromptTask && starts
      ? ['--prompt', quoted(prompt ?? 'PROMPT.md')]
      : ['--task', place.task]),
    ...(place.loop === place.task ? [] : ['--name', place.loop]),
    ...(root === null ? [] : ['--root', quoted(root)]),
    ...(data === null ? [] : ['--data', quoted(data)]),
  ];
  return words.join(' ');
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
