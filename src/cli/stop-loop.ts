import { seconds } from '../config/setting-values.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { askLoop } from '../runner/control-client.ts';
import { readStatus } from '../runner/read-status.ts';
import type { RunEnd } from '../runner/run-request.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { readOwner } from '../stores/owner-file.ts';
import { SystemClock } from '../stores/system-clock.ts';
import type { CliContext, CommandOptions } from './cli-context.ts';
import { playLoop } from './play-loop.ts';
import { loopPlace } from './status/loop-place.ts';
import { livingRunner, stopLiving, stopUnseen, type Stopping } from './stop-runner.ts';
import { tellStopped } from './stop-words.ts';

/** Returns when the runner's process has really gone, and says what it did. */
export async function stopLoop(
  context: CliContext,
  options: CommandOptions,
  { force }: { force: boolean },
): Promise<number> {
  const deadline = deadlineOf(options);
  const place = loopPlace(context);
  const { status: before, runner } = await readStatus(place);
  const owner = livingRunner(place, runner);
  const isLive = owner !== null;
  const isUnseen = !isLive && runner === 'answers';
  let isForced = force || Date.now() > deadline;
  if (isLive) {
    isForced = await stopLiving({ context, place, deadline, force, owner });
  } else if (isUnseen) {
    isForced = await stopUnseen({ context, place, deadline, force });
  }
  const left = await readStatus(place);
  if (left.status.stale) {
    const { status, exitCode } = await settle({ context, place, deadline, force: isForced });
    if (status !== null && status.state !== 'stopped') {
      return exitCode;
    }
  }
  tellStopped(context, {
    place,
    before,
    isForced,
    isLive: isLive || isUnseen,
    wasStale: left.status.stale,
  });
  return EXIT.ok;
}

/** Epoch ms; Infinity: none. Throws AutoloopError 2. */
function deadlineOf({ timeout }: CommandOptions): number {
  if (typeof timeout !== 'string') {
    return Infinity;
  }
  const parsed = seconds(0).safeParse(timeout);
  if (!parsed.success) {
    throw new AutoloopError({
      code: EXIT.usage,
      message: `--timeout is "${timeout}", which is no length of time.`,
      fix: `Allowed: ${parsed.error.issues[0]?.message ?? 'seconds'}.`,
    });
  }
  return Date.now() + parsed.data * 1000;
}

/** Ends the run of a dead runner from here; its progress is no part of what `--json` prints. */
async function settle({ context, place, deadline, force }: Stopping): Promise<RunEnd> {
  const { globals } = context;
  const forceIt = (): void => {
    const own = readOwner(dataPaths(place.dataDirectory).owner);
    void (own && askLoop(own.socket, { command: 'stop', force: true }));
  };
  let endTimer = (): void => {};
  const ready = (): void => {
    if (deadline < Infinity) {
      endTimer = new SystemClock().startTimer(deadline - Date.now(), forceIt);
    }
  };
  const quiet = {
    ...context,
    globals: { ...globals, quiet: globals.quiet || globals.json, json: false },
  };
  try {
    return await playLoop(quiet, {}, { mode: 'settle', force, ready });
  } finally {
    endTimer();
  }
}
