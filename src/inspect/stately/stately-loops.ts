import type { InspectionBatch } from '../../domain/inspection.ts';

/** Where the loops come from that Stately is told of. */
export interface StatelyLoops {
  /** Tells what the machine of each living loop does, those that start later too, until it is ended. */
  follow(audience: StatelyAudience): { readonly end: () => void };
}

export interface StatelyAudience {
  readonly happened: (loop: string, batch: InspectionBatch) => void;
  /** Its runner has gone; it may come back. */
  readonly gone: (loop: string) => void;
}
