import type { InspectionBatch } from '../../../src/domain/inspection.ts';
import type { StatelyAudience, StatelyLoops } from '../../../src/inspect/stately/stately-loops.ts';

/** Loops that tell what a test says, to whoever follows them. */
export class LoopsByHand implements StatelyLoops {
  readonly audiences = new Set<StatelyAudience>();
  /** Told to who begins to follow. */
  readonly living = new Map<string, InspectionBatch>();

  follow(audience: StatelyAudience): { end: () => void } {
    this.audiences.add(audience);
    this.living.forEach((batch, loop) => audience.happened(loop, { ...batch, news: [] }));
    return { end: () => this.audiences.delete(audience) };
  }

  tell(loop: string, batch: InspectionBatch): void {
    this.living.set(loop, batch);
    this.audiences.forEach(({ happened }) => happened(loop, batch));
  }
}
