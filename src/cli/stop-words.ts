import type { LoopStatus } from '../domain/loop-status.ts';
import type { LoopAddress } from '../runner/read-status.ts';
import type { CliContext } from './cli-context.ts';

export interface Stopped {
  readonly place: LoopAddress;
  /** Its worker was not left its time. */
  readonly isForced: boolean;
  readonly before: LoopStatus;
  readonly isLive: boolean;
  readonly wasStale: boolean;
}

/** What became of the loop, on stdout. */
export function tellStopped({ terminal, globals }: CliContext, stopped: Stopped): void {
  const { place, before, isLive, wasStale, isForced } = stopped;
  if (globals.json) {
    terminal.write(`${JSON.stringify({ loop: place.loop, stopped: isLive || wasStale })}\n`);
  } else if (!globals.quiet) {
    terminal.write(`${isLive || wasStale ? sentence(place, before, isForced) : nothing(place)}\n`);
  }
}

function nothing({ loop }: LoopAddress): string {
  return `Nothing to stop: loop "${loop}" is not running.`;
}

function sentence({ loop }: LoopAddress, before: LoopStatus, isForced: boolean): string {
  const isWaiting = before.state.startsWith('waiting');
  const during = isForced && before.worker !== null ? 'Its worker was ended.' : '';
  const words = isWaiting ? 'It was waiting.' : during;
  return `Loop "${loop}" has stopped (iteration ${before.iteration}). ${words}`.trimEnd();
}
