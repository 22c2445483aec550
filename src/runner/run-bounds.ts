import type { LoopEvent } from '../../machines/loop/events.ts';
import type { Clock } from '../ports/clock.ts';
import { replaceCopy } from '../stores/durable-file.ts';
import { removeFolder } from '../stores/kept-file.ts';
import { readTextFile } from '../stores/text-file.ts';
import type { LoopState } from './read-state.ts';

/** How long earlier runners of the run lived, as far as their last sign of life tells. Milliseconds. */
export function livedBefore({ restored, savedAt }: LoopState, heartbeat: string): number {
  if (restored.kind === 'new') {
    return 0;
  }
  const { livedMs, livedSinceEpochMs } = restored.context;
  const signs = [savedAt, readTextFile(heartbeat)].map((text) => Date.parse(text?.trim() ?? ''));
  const lastSign = Math.max(livedSinceEpochMs, ...signs.filter((sign) => !Number.isNaN(sign)));
  return livedMs + lastSign - livedSinceEpochMs;
}

/** A runner that is killed without a word has left its last sign of life here. Where it cannot, its life counts for less. */
export function beat(heartbeat: string): void {
  try {
    removeFolder(heartbeat);
    replaceCopy(heartbeat, `${new Date().toISOString()}\n`);
  } catch {
    // The next write that matters tells of a disk that is full.
  }
}

export interface RunBounds {
  readonly clock: Pick<Clock, 'now' | 'startTimer'>;
  /** 0: none. */
  readonly maxRuntimeMs: number;
  readonly livedMs: number;
  /** When the run is to end after the iteration at hand; null: not by time. */
  readonly untilEpochMs: number | null;
  readonly send: (event: LoopEvent) => void;
}

/** Tells the machine when the time of the run is over; returns the end of that. */
export function keepRunBounds(bounds: RunBounds): () => void {
  const { clock, maxRuntimeMs, livedMs, untilEpochMs, send } = bounds;
  const timers = [
    ...(maxRuntimeMs === 0
      ? []
      : [
          clock.startTimer(Math.max(0, maxRuntimeMs - livedMs), () =>
            send({ type: 'cap.reached', at: clock.now() }),
          ),
        ]),
    ...(untilEpochMs === null
      ? []
      : [
          clock.startTimer(Math.max(0, untilEpochMs - clock.now()), () =>
            send({ type: 'loop.stop', at: clock.now(), via: 'until', now: false }),
          ),
        ]),
  ];
  return () => timers.forEach((cancel) => cancel());
}
