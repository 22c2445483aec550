import type { CliContext } from '../cli-context.ts';
import { programName } from '../program-name.ts';
import { pathText } from '../tables/path-text.ts';

/** The loop a command is for. */
export interface CommandPlace {
  readonly loop: string;
  readonly task: string;
}

/** Flags without dashes → as written, paths absolute: what a run was asked for with. */
export type Asked = Readonly<Record<string, string>>;

/**
 * A command as the user would type it for this loop: `autoloop start --task improve`. One that starts it has the flags
 * of its last run: without them it would be another run, of another agent or without its limits.
 */
export function commandFor(
  context: CliContext,
  place: CommandPlace,
  command: string,
  asked: Asked = {},
): string {
  const { root, data, workspace } = context.globals;
  const starts = /^(?:run|start|resume|once|dry-run)\b/.test(command);
  const { prompt: askedPrompt, workspace: askedWorkspace, ...settings } = asked;
  const prompt = context.globals.prompt ?? shortPath(context, askedPrompt);
  const isPromptTask = place.task === 'prompt' && starts;
  const flags = {
    ...(isPromptTask ? { prompt: prompt ?? 'PROMPT.md' } : { task: place.task }),
    ...(starts && !isPromptTask && prompt !== null ? { prompt } : {}),
    ...(place.loop === place.task ? {} : { name: place.loop }),
    ...(root === null ? {} : { root }),
    ...(data === null ? {} : { data }),
    ...(starts ? { workspace: workspace ?? shortPath(context, askedWorkspace) } : {}),
    ...(starts ? settings : {}),
  };
  const words = Object.entries(flags).flatMap(([flag, text]) =>
    text === null ? [] : [`--${flag}`, quoted(text)],
  );
  return [programName(context.environment), command, ...words].join(' ');
}

function shortPath({ cwd }: CliContext, path: string | undefined): string | null {
  return path === undefined ? null : pathText(path, cwd);
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
