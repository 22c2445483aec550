import { readStatus, type LoopReading } from '../../runner/read-status.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import type { FoundLoop } from '../status/all-loops.ts';
import { statusExitCode } from '../status/exit-code.ts';
import { loopPlace } from '../status/loop-place.ts';

/** Nothing but what one loop needs is loaded before it is known that more is asked: monitors call this every few seconds. */
export const run: RunCommand = async (context, options) => {
  if (options['watch'] === true) {
    const { watchStatus } = await import('../status/watch-status.ts');
    return watchStatus(context, () => show(context, options['all'] === true));
  }
  return show(context, options['all'] === true);
};

function show(context: CliContext, isAll: boolean): Promise<number> {
  return isAll ? showAll(context) : showOne(context);
}

async function showOne(context: CliContext): Promise<number> {
  const reading = await readStatus(loopPlace(context));
  if (context.globals.json) {
    context.terminal.write(`${JSON.stringify(asJson(reading))}\n`);
  } else {
    const { describeStatus } = await import('../status/describe-status.ts');
    context.terminal.write(describeStatus(context, reading));
  }
  return statusExitCode([reading.status]);
}

async function showAll(context: CliContext): Promise<number> {
  const { readAllLoops, statusesOf } = await import('../status/all-loops.ts');
  const loops = await readAllLoops(context);
  if (context.globals.json) {
    const rows = loops.map((found) =>
      'reading' in found ? asJson(found.reading) : unreadable(found),
    );
    context.terminal.write(`${JSON.stringify(rows)}\n`);
  } else if (loops.length > 0) {
    const { statusTable } = await import('../status/status-table.ts');
    context.terminal.write(statusTable(context, loops));
  } else {
    context.terminal.notice('No loop has run here yet. Begin with: autoloop init');
  }
  return statusExitCode(statusesOf(loops));
}

/** `responding`: whether a living runner answers; null: none lives. */
function asJson({ status, runner, crashes }: LoopReading): object {
  return { ...status, responding: runner === 'none' ? null : runner === 'answers', crashes };
}

function unreadable({ loop, trouble, dataDir }: Extract<FoundLoop, { trouble: string }>): object {
  return { loop, state: 'unreadable', running: false, stale: false, error: trouble, dataDir };
}
