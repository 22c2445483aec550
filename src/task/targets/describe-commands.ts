import type { TaskContext } from '../context.ts';

/** Commands as a user has written them for a target, `{target}` standing for its name; an empty one: there is none. */
export interface WrittenCommands {
  readonly target: string;
  readonly start: string;
  readonly validate: string;
  /** Others, by what they tell: `{"what runs": "docker compose ps"}`. */
  readonly others?: Readonly<Record<string, string>>;
}

/** The commands that a worker has for its target, and what the loop does with them: a list in Markdown, for a prompt. */
export function describeCommands(
  { settings }: Pick<TaskContext, 'settings'>,
  { target, start, validate, others = {} }: WrittenCommands,
): string {
  const told = [
    ...Object.entries(others).map(([what, command]) => ({ what, command, remark: '' })),
    { what: 'start', command: start, remark: '; after good work the loop does it itself' },
    { what: 'your work has to pass', command: validate, remark: '; the loop runs it after you' },
  ];
  const lines = [
    ...told
      .filter(({ command }) => command !== '')
      .map(({ what, command, remark }) => `${what}: \`${named(command, target)}\`${remark}`),
    'what you have changed: `git status --short`, `git diff`',
    ...(settings.mode === 'plan' ? ['mode plan: look and report; change nothing'] : []),
  ];
  return `Commands and rules of this loop:\n\n${lines.map((line) => `* ${line}`).join('\n')}`;
}

function named(command: string, target: string): string {
  return command.replaceAll('{target}', () => target);
}
