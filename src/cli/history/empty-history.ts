import { readStatus, type LoopAddress } from '../../runner/read-status.ts';
import type { CliContext } from '../cli-context.ts';
import { commandFor } from '../status/next-command.ts';

/** What there is none of → why a loop that has run may have none, and what tells of it all the same. */
const NOTHING = {
  log: { why: ': there was nothing to warn of', see: 'events' },
  events: { why: '', see: 'status' },
  iterations: { why: '', see: 'status' },
  journal: { why: ': one is kept from the next start on', see: 'status' },
} as const;

/** Says that there is nothing to show yet, and what to do. Nothing wrong happened: the exit code is 0. */
export async function sayEmpty(
  context: CliContext,
  place: LoopAddress,
  what: keyof typeof NOTHING,
): Promise<void> {
  const { why, see } = NOTHING[what];
  const next = (await hasRun(place))
    ? `${why}. What it does: ${commandFor(context, place, see)}`
    : `. Begin with: ${commandFor(context, place, 'run')}`;
  context.terminal.notice(`Loop "${place.loop}" has no ${what} yet${next}`);
}

/** Also where its state is damaged: there is one. */
async function hasRun(place: LoopAddress): Promise<boolean> {
  try {
    const { status } = await readStatus(place);
    return status.running || status.state !== 'idle';
  } catch {
    return true;
  }
}
