/** What a score is made of. */
export const SCORE_PARTS = [
  'need',
  'priority',
  'recency',
  'exploration',
  'success',
  'cost',
] as const;

export type ScorePartName = (typeof SCORE_PARTS)[number];

/** How targets are scored, and which are left out. */
export interface ScoringRules {
  /** How much each part counts; 0: not at all. */
  readonly weights: Readonly<Record<ScorePartName, number>>;
  /** Iterations for which a target gives way to all others after it was worked on; 0: none. */
  readonly cooldownIterations: number;
  /** The same in seconds. Both count; 0: none. */
  readonly cooldownSeconds: number;
  /** Failures in a row after which a target is left out; 0: never. */
  readonly quarantineAfter: number;
  /** Failed validations in a row after which a target is left out; 0: never. */
  readonly quarantineAfterValidations: number;
  /** After so long it is tried once more; doubled by each failure more, up to 24; 0: never. */
  readonly quarantineHours: number;
  /** Draws of exploration are the same for the same seed; null: the loop's name. */
  readonly seed: string | null;
}

const DEFAULT_RULES: ScoringRules = {
  weights: { need: 2, priority: 4, recency: 1, exploration: 6, success: 1, cost: 1 },
  cooldownIterations: 2,
  cooldownSeconds: 0,
  quarantineAfter: 3,
  quarantineAfterValidations: 2,
  quarantineHours: 1,
  seed: null,
};

/** Rules as a task writes them: only what differs. */
export type WrittenRules = Partial<Omit<ScoringRules, 'weights' | 'seed'>> & {
  readonly weights?: Partial<ScoringRules['weights']>;
  readonly seed?: string;
};

export function scoringRules(written: WrittenRules = {}): ScoringRules {
  return {
    ...DEFAULT_RULES,
    ...written,
    weights: { ...DEFAULT_RULES.weights, ...written.weights },
  };
}
