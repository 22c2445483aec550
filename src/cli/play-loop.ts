import { preflight } from '../runner/preflight.ts';
import { prepareLoop } from '../runner/prepare-loop.ts';
import { runLoop } from '../runner/run-loop.ts';
import type { LoopChange } from '../domain/control.ts';
import type { RunEnd, RunMode } from '../runner/run-request.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';
import { loopRequest } from './loop-request.ts';
import { loopCommands, refuseWhereRunning } from './refuse-where-running.ts';
import { tellEpilogue } from './progress/epilogue.ts';
import { untilOption } from './run-until.ts';
import { createProgress } from './progress/create-progress.ts';
import { tellStart } from './progress/start-lines.ts';

export interface Playing {
  readonly mode: RunMode;
  readonly force?: boolean;
  readonly unpause?: boolean;
  /** Where this process's stderr goes, when it is a file of the loop. */
  readonly trace?: string | null;
  /** Told when the loop is up; the detached child reports by it. */
  readonly ready?: () => void;
}

/** Prepares and plays a loop in this process, with its progress on the terminal. */
export async function playLoop(
  context: CliContext,
  options: CommandOptions,
  playing: Playing,
): Promise<RunEnd> {
  const untilEpochMs = untilOption(options);
  const plan = await prepareLoop(loopRequest(context, options));
  const command = loopCommands(context, plan);
  if (playing.mode !== 'settle') {
    refuseWhereRunning(plan, command);
    await preflight(plan);
  }
  context.terminal.outlive();
  const progress = createProgress(context, plan.asked);
  let early: LoopChange[] | null = [];
  try {
    const end = await runLoop(plan, {
      mode: playing.mode,
      force: playing.force ?? false,
      fresh: options['fresh'] === true,
      unpause: playing.unpause ?? false,
      untilEpochMs,
      command,
      trace: playing.trace ?? null,
      ready: (status) => {
        if (playing.mode !== 'settle') {
          tellStart(context, plan, { mode: playing.mode, status });
        }
        early?.forEach((change) => progress.tell(change));
        early = null;
        playing.ready?.();
      },
      changed: (change) => (early ? void early.push(change) : progress.tell(change)),
    });
    progress.end(end);
    await tellEpilogue(context, plan, end);
    return end;
  } finally {
    progress.close();
  }
}
