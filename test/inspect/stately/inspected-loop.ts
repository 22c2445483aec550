import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import { onTestFinished, vi } from 'vitest';
import type { ModelEvent } from '../../machines/loop-model.ts';
import { done, ended, input } from '../../machines/loop-model.ts';
import { PlayedLoop } from '../../machines/played-loop.ts';
import type { InspectionBatch } from '../../../src/domain/inspection.ts';
import type { LoopStatus } from '../../../src/domain/loop-status.ts';
import { createPublisher } from '../../../src/runner/machine-observer.ts';

export const at = 1_000;

/** One iteration, from its selection to the wait behind it. */
export const ITERATION: readonly ModelEvent[] = [
  done('checkGates', { open: true, at }),
  done('selectTarget', { target: 'svc', candidates: [], skip: null, at }),
  done('composePrompt', { skip: null, workspaceMark: null, at }),
  {
    ...{ type: 'worker.started', at, pid: 42, agent: 'command' },
    ...{ how: 'launched', supervision: 'base' },
  },
  ended('succeeded'),
  done('validateWork', {
    ...{ outcome: 'succeeded', validation: null, gates: [], changes: null },
    ...{ report: null, completion: 'none', at },
  }),
  done('digestIteration', { at, workMark: 'work' }),
];

export const START: ModelEvent = {
  ...{ type: 'loop.start', at, workMark: 'work', untilEpochMs: null },
  facts: { agent: 'command', account: null, settings: {} },
};

/** A played loop with two who look at it: our runner's publisher, and Stately's own inspector. */
export class InspectedLoop {
  readonly batches: InspectionBatch[] = [];
  readonly original: StatelyInspectionEvent[] = [];
  readonly #loop = new PlayedLoop(input);

  constructor(pid: number) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { actor } = this.#loop;
    const publisher = createPublisher({
      ...{ actor, definitionHash: 'hash', now: () => at },
      status: () => ({ pid }) as LoopStatus,
      redactValue: (value) => value,
    });
    publisher.add({
      tell: (line) => this.batches.push(JSON.parse(line) as InspectionBatch) > 0,
      end: () => {},
    });
    onTestFinished(() => publisher.close());
    const { inspect } = createInspector({ send: (event) => this.original.push(event) });
    actor.system.inspect(inspect);
  }

  async play(...events: readonly ModelEvent[]): Promise<void> {
    for (const event of events) {
      await this.#loop.play(event);
      vi.advanceTimersByTime(50);
    }
  }
}
