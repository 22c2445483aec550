import type { Summary } from '../../summary/summary.ts';
import type { AnomalyKind, Notice } from './notice.ts';

/** Watches one figure after each iteration. */
export interface Detector {
  readonly kind: AnomalyKind;
  readonly level: Notice['level'];
  readonly advice: string;
  /** null: there is too little to judge by, and what was raised stays as it is. */
  readonly look: (summary: Summary) => Finding | null;
}

export interface Finding {
  readonly value: number;
  readonly limit: number;
  /** The figure is beyond where a notice is raised. */
  readonly isRaised: boolean;
  /** It is back where a raised one clears. Never together with `isRaised`. */
  readonly isCalm: boolean;
  readonly message: string;
}

export interface Thresholds {
  readonly value: number | null;
  /** Raised from here on. */
  readonly raisedAt: number;
  /** Cleared from here on downward. */
  readonly calmAt: number;
  readonly message: (value: number) => string;
}

/** Of a figure that is bad, or good, when it is high. null: it is not known. */
export function whenHigh({ value, raisedAt, calmAt, message }: Thresholds): Finding | null {
  return value === null
    ? null
    : {
        ...{ value: rounded(value), limit: raisedAt },
        ...{ isRaised: value >= raisedAt, isCalm: value <= calmAt },
        message: message(value),
      };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
