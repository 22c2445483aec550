/** What the operator hands to the next prompt. */
export interface Note {
  readonly id: string;
  /** ISO-8601. */
  readonly at: string;
  readonly text: string;
  /** null: whatever the target is. */
  readonly target: string | null;
}

/** Notes of one loop. Several processes may add while the runner delivers. */
export interface Notes {
  add(note: { readonly text: string; readonly target: string | null }): Note;
  /** Oldest first. */
  pending(): readonly Note[];
  /** Safe to be called twice. */
  deliver(ids: readonly string[]): void;
}
