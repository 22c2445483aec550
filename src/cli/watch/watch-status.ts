import { describeError } from '../../domain/error.ts';
import { readStatus } from '../../runner/read-status.ts';
import type { CliContext } from '../cli-context.ts';
import { readAllLoops } from '../status/all-loops.ts';
import { loopPlace } from '../status/loop-place.ts';
import { ChangeFeed } from './change-feed.ts';
import type { Look } from './look.ts';
import { showLivePage } from './show-live-page.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Until it is interrupted: a page in place on a terminal, elsewhere what changes. Throws where there is nothing to look at. */
export async function watchStatus(context: CliContext, isAll: boolean): Promise<number> {
  const look = isAll ? () => readAllLoops(context) : lookAtOne(context);
  const { isInteractive } = context.terminal;
  if (isInteractive && process.stdin.isTTY && !context.globals.json) {
    return showLivePage(context, look);
  }
  const feed = new ChangeFeed(context, isAll);
  return untilInterrupted(async () => feed.tell(await look()));
}

/** What can be read once and then no more, is told: it may be read again. */
function lookAtOne(context: CliContext): Look {
  const place = loopPlace(context);
  const { loop, dataDirectory: dataDir } = place;
  let hasSeen = false;
  return async () => {
    try {
      const reading = await readStatus(place);
      hasSeen = true;
      return [{ loop, reading }];
    } catch (error) {
      if (!hasSeen) {
        throw error;
      }
      return [{ loop, trouble: describeError(error).message, dataDir }];
    }
  };
}
