/**
 * The rest of a secret, however long: consumed piece by piece, so that no secret is too long for
 * the memory. A run decides about the places before `to`; it may look up to LOOK_AHEAD characters
 * further, and may end there.
 */
export interface Run {
  /** Consumes from `from`; `keep` gets what inside of the run is not secret. */
  advance(text: string, range: { from: number; to: number }, keep: (text: string) => void): Advance;
  /** What would be kept if the text ended here. */
  readonly pending?: string;
}

export interface Advance {
  /** The first place that is not consumed. */
  readonly end: number;
  /** Whether the run may go on there. */
  readonly isOpen: boolean;
}
