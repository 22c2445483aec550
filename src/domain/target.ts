/** What a selector offers, best first. */
export interface Candidate {
  readonly name: string;
  readonly score: number | null;
  readonly reason: string | null;
}
