import { readStatus } from '../../runner/read-status.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { statusExitCode } from '../status/exit-code.ts';
import { loopPlace } from '../status/loop-place.ts';
import { statusDocument } from '../status/status-document.ts';

/** Nothing but what one loop needs is loaded before it is known that more is asked: monitors call this every few seconds. */
export const run: RunCommand = async (context, options) => {
  const isAll = options['all'] === true;
  if (options['watch'] === true) {
    const { watchStatus } = await import('../watch/watch-status.ts');
    return watchStatus(context, isAll);
  }
  return isAll ? showAll(context) : showOne(context);
};

async function showOne(context: CliContext): Promise<number> {
  const place = loopPlace(context);
  const reading = await readStatus(place);
  if (context.globals.json) {
    const document = statusDocument({ loop: place.loop, reading });
    context.terminal.write(`${JSON.stringify(document)}\n`);
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
    context.terminal.write(`${JSON.stringify(loops.map(statusDocument))}\n`);
  } else if (loops.length > 0) {
    const { statusTable } = await import('../status/status-table.ts');
    context.terminal.write(statusTable(context, loops));
  } else {
    context.terminal.notice('No loop has run here yet. Begin with: autoloop init');
  }
  return statusExitCode(statusesOf(loops));
}
