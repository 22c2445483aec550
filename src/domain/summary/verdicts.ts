/** How often work was judged, and how often it was taken back. */
export interface Verdicts {
  /** Iterations whose work had gates to pass. */
  readonly judged: number;
  readonly passed: number;
  /** All of which it is known whether their work was taken back. */
  readonly iterations: number;
  readonly taken_back: number;
}

/** Of one iteration. */
export interface Verdict {
  /** Whether its work passed its gates; null: there was nothing to pass. */
  readonly validation: boolean | null;
  /** Whether its work was taken back. */
  readonly takenBack: boolean;
}

/** `before` absent: an older version did not count, and what it saw is not known. */
export function foldVerdicts(
  before: Verdicts | undefined,
  { validation, takenBack }: Verdict,
): Verdicts {
  return {
    judged: (before?.judged ?? 0) + (validation === null ? 0 : 1),
    passed: (before?.passed ?? 0) + (validation === true ? 1 : 0),
    iterations: (before?.iterations ?? 0) + 1,
    taken_back: (before?.taken_back ?? 0) + (takenBack ? 1 : 0),
  };
}

/** Share of the judged iterations that passed; null: none had anything to pass. */
export function validationPassRate({ judged, passed }: Verdicts): number | null {
  return judged === 0 ? null : passed / judged;
}

/** Rollbacks per iteration. */
export function rollbackFrequency(verdicts: Verdicts): number {
  return verdicts.taken_back / verdicts.iterations;
}
