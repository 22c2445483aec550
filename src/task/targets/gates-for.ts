import type { TaskContext } from '../context.ts';
import type { TaskGate } from '../gate.ts';
import { commandFor } from '../commands/command-for.ts';

export interface WrittenGate {
  /** As a user has written it; `{target}` in it is the target's name. Empty: there is nothing to pass. */
  readonly command: string;
  readonly timeoutSeconds: number;
}

const LONGEST_NAME = 100;

/** For `gates`: the command that a user wants work on a target to pass. None in mode `plan`, which changes nothing. */
export function gatesFor(
  { target, settings }: Pick<TaskContext, 'target' | 'settings'>,
  { command, timeoutSeconds }: WrittenGate,
): readonly TaskGate[] {
  const argv = commandFor(command, target ?? '');
  if (argv.length === 0 || target === null || settings.mode === 'plan') {
    return [];
  }
  return [
    {
      name: `validate ${target}`.slice(0, LONGEST_NAME).toWellFormed(),
      command: argv,
      timeoutSeconds,
    },
  ];
}
