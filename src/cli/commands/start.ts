import { preflight } from '../../runner/preflight.ts';
import { prepareLoop } from '../../runner/prepare-loop.ts';
import { startDetached } from '../../runner/start-detached.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { loopCommands, refuseWhereRunning } from '../refuse-where-running.ts';
import { commandFor } from '../status/next-command.ts';
import { runArguments } from '../run-arguments.ts';
import { boundsLine } from '../progress/bounds-line.ts';
import { loopPlace } from '../status/loop-place.ts';
import { readStatus } from '../../runner/read-status.ts';
import { formerFlags } from '../former-flags.ts';

/** What is wrong is said before anything is detached; what goes wrong later is told by the child. */
export const run: RunCommand = (context, options) => startLoop(context, options, []);

export async function startLoop(
  context: CliContext,
  options: CommandOptions,
  more: readonly string[],
): Promise<number> {
  const plan = await prepareLoop(loopRequest(context, options));
  refuseWhereRunning(plan, loopCommands(context, plan));
  await preflight(plan);
  const former = formerFlags(plan);
  const args = ['run', ...runArguments(context, options), ...more];
  const pid = await startDetached({ args, cwd: context.cwd, directory: plan.dataDirectory });
  if (former !== null) {
    context.terminal.notice(
      `It was last started with other flags, which do not hold any more: ${former}`,
    );
  }
  const place = { loop: plan.loop, task: plan.task.name };
  const command = (name: string): string => commandFor(context, place, name);
  if (context.globals.json) {
    context.terminal.write(
      `${JSON.stringify({ loop: plan.loop, pid, dataDir: plan.dataDirectory })}\n`,
    );
  } else if (!context.globals.quiet) {
    context.terminal.write(
      `Loop "${plan.loop}" is running, pid ${pid}.\n` +
        `  watch it   ${command('attach')}\n` +
        `  its state  ${command('status')}\n` +
        `  end it     ${command('stop')}\n`,
    );
    const { status } = await readStatus(loopPlace(context));
    context.terminal.write(`${boundsLine(status)}\n`);
  }
  return 0;
}
