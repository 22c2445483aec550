import { readOwner } from '../../stores/owner-file.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { followLoop } from '../../runner/control-client.ts';
import { EXIT } from '../../domain/error.ts';
import type { RunCommand } from '../cli-context.ts';
import { createProgress } from '../progress/create-progress.ts';
import { loopPlace } from '../status/loop-place.ts';
import { notRunning } from '../steer-loop.ts';

/** The progress of a living loop; Ctrl-C only leaves. */
export const run: RunCommand = async (context) => {
  const place = loopPlace(context);
  const owner = readOwner(dataPaths(place.dataDirectory).owner);
  const progress = createProgress(context);
  const following = owner && (await followLoop(owner.socket, (change) => progress.tell(change)));
  if (!following) {
    progress.close();
    throw notRunning(context, place);
  }
  process.once('SIGINT', () => following.end());
  await following.over;
  progress.close();
  return EXIT.ok;
};
