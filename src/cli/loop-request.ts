import type { LoopRequest } from '../runner/loop-request.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';

/** What the operator asked of one loop: the global options, and the settings among the command's own. */
export function loopRequest(context: CliContext, options: CommandOptions = {}): LoopRequest {
  const { globals, environment, cwd } = context;
  const { task, prompt, name, root, data, workspace } = globals;
  const flags = Object.entries(options).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    ...{ task, prompt, name, root, data, workspace, environment, cwd },
    flags: Object.fromEntries(flags),
  };
}
