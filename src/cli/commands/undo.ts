import { AutoloopError, EXIT } from '../../domain/error.ts';
import { readStatus } from '../../runner/read-status.ts';
import { undoIteration } from '../../runner/undo-iteration.ts';
import type { RunCommand } from '../cli-context.ts';
import { numberArgument } from '../history/read-number.ts';
import { commandFor } from '../status/next-command.ts';
import { loopPlace } from '../status/loop-place.ts';

/** Takes back what an iteration committed, by a commit that reverts it. */
export const run: RunCommand = async (context, _options, args) => {
  const { environment, globals, terminal } = context;
  const place = loopPlace(context);
  const iteration = numberArgument(args[0], 'The iteration');
  if (iteration === null) {
    throw new AutoloopError({
      code: EXIT.usage,
      message: 'Which iteration is to be undone?',
      fix: `Name it: ${commandFor(context, place, 'undo 7')}`,
    });
  }
  const { status } = await readStatus(place);
  if (status.running) {
    throw new AutoloopError({
      code: EXIT.lockHeld,
      message: `Loop "${place.loop}" is running (pid ${status.pid}): its worker may change the same files.`,
      fix: `Stop it first: ${commandFor(context, place, 'stop')}`,
    });
  }
  const { workspace, task } = place;
  const undone = await undoIteration({ workspace, environment, task, iteration });
  if (globals.json) {
    terminal.write(`${JSON.stringify(undone)}\n`);
  } else if (!globals.quiet) {
    const { commit, revert, wasUndone } = undone;
    const words = wasUndone ? 'was undone before' : 'is undone';
    terminal.write(
      `Iteration ${iteration} (${commit.slice(0, 12)}) ${words}, by ${revert.slice(0, 12)}.\n`,
    );
  }
  return EXIT.ok;
};
