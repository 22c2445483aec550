import { readOwner } from '../../stores/owner-file.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { followLoop } from '../../runner/control-client.ts';
import { EXIT } from '../../domain/error.ts';
import type { LoopChange } from '../../domain/control.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { isNamed } from '../history/fold-record.ts';
import { createProgress } from '../progress/create-progress.ts';
import { endReason } from '../progress/end-line.ts';
import { loopPlace } from '../status/loop-place.ts';
import { commandFor } from '../status/next-command.ts';
import { stateWords } from '../status/state-words.ts';
import { notAnswering, notRunning } from '../steer-loop.ts';
import { plural } from '../tables/amount-text.ts';

/** The progress of a living loop; Ctrl-C only leaves. */
export const run: RunCommand = async (context) => {
  const place = loopPlace(context);
  const owner = readOwner(dataPaths(place.dataDirectory).owner);
  const progress = createProgress(context);
  let hasBegun = false;
  let isOver = false;
  const changed = (change: LoopChange): void => {
    if (!hasBegun && change.kind === 'status') {
      hasBegun = true;
      tellWhere(context, change.status);
    }
    progress.tell(change);
    if (change.kind === 'event') {
      isOver ||= isNamed(change.event, 'loop_end');
      tellEnd(context, change.event);
    }
  };
  const following = owner && (await followLoop(owner.socket, changed));
  if (!following) {
    progress.close();
    throw notRunning(context, place);
  }
  process.once('SIGINT', () => {
    isOver = true;
    following.end();
  });
  const patience = setTimeout(() => {
    if (!hasBegun) {
      const { message, fix } = notAnswering(context, place, owner.pid);
      context.terminal.notice(`${message} Waiting for it; Ctrl-C leaves. ${fix}`);
    }
  }, ANSWERS_WITHIN_MS);
  await following.over;
  clearTimeout(patience);
  progress.close();
  if (!isOver) {
    context.terminal.notice(
      `The runner has gone, its run is unfinished. See: ${commandFor(context, place, 'status')}`,
    );
  }
  return EXIT.ok;
};

/** It tells its status at once. */
const ANSWERS_WITHIN_MS = 2_000;

/** Where nothing is drawn live, the next event may be hours away. */
function tellWhere({ terminal, globals }: CliContext, status: LoopStatus): void {
  if (globals.json || globals.quiet) {
    return;
  }
  if (terminal.isInteractive) {
    terminal.notice('Ctrl-C leaves; the loop goes on.');
  } else {
    const words = stateWords({ status, departure: null });
    terminal.write(`Loop "${status.loop}" ${words}, iteration ${status.iteration}.\n`);
  }
}

function tellEnd({ terminal, globals }: CliContext, event: RecordedEvent): void {
  if (isNamed(event, 'loop_end') && !globals.json && !globals.quiet) {
    const { reason, iterations } = event.details;
    terminal.write(`Ended: ${endReason(reason)} (${plural(iterations, 'iteration')}).\n`);
  }
}
