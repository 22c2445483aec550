import type { LoopRequest } from '../runner/loop-request.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';

/** What the operator asked of one loop: the global options, and the settings among the command's own. */
export function loopRequest(context: CliContext, options: CommandOptions = {}): LoopRequest {
  const { globals, environment, cwd } = context;
  const { task, prompt, name, root, data, workspace } = globals;
  // A flag that may stand alone means yes.
  const flags = Object.entries(options).flatMap(([flag, value]): [string, string][] =>
    typeof value === 'string' || value === true ? [[flag, value === true ? 'yes' : value]] : [],
  );
  return {
    ...{ task, prompt, name, root, data, workspace, environment, cwd },
    flags: Object.fromEntries(flags),
  };
}
