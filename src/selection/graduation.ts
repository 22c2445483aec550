import {
  GRADUATION_THRESHOLD,
  GRADUATION_WEIGHTS,
  graduationScore,
  type Maturity,
} from '../domain/progress/graduation.ts';
import { shareThatWentWell } from '../domain/progress/stability.ts';
import type { TargetRecord } from '../domain/summary/summary.ts';
import type { OfferedTarget } from './offered-target.ts';

/** How far a target is, part by part. */
export interface Graduation {
  /** null: a part is not known, so it has not graduated. */
  readonly score: number | null;
  readonly threshold: number;
  readonly graduated: boolean;
  readonly parts: readonly GraduationPart[];
}

export interface GraduationPart {
  readonly part: keyof Maturity;
  /** 0 to 1; null: not known. */
  readonly value: number | null;
  readonly weight: number;
}

/** null: its task tells nothing of how far it is. Stability is what became of its last ten iterations. */
export function graduationOf(
  { maturity }: Pick<OfferedTarget, 'maturity'>,
  record: TargetRecord | null,
): Graduation | null {
  if (maturity === null) {
    return null;
  }
  const whole: Maturity = { ...maturity, stability: shareThatWentWell(record?.last_ten ?? '') };
  const score = graduationScore(whole);
  return {
    score,
    threshold: GRADUATION_THRESHOLD,
    graduated: score !== null && score >= GRADUATION_THRESHOLD,
    parts: PARTS.map((part) => ({ part, value: whole[part], weight: GRADUATION_WEIGHTS[part] })),
  };
}

const PARTS = ['completion', 'stability', 'quality', 'documentation'] as const;

/** `0.94 of 0.9: completion 1 × 0.3, …`, for people. */
export function graduationWords({ score, threshold, parts }: Graduation): string {
  const each = parts.map(
    ({ part, value, weight }) =>
      `${part} ${value === null ? 'unknown' : rounded(value)} × ${weight}`,
  );
  return `${score === null ? 'unknown' : rounded(score)} of ${threshold}: ${each.join(', ')}`;
}

/** Downwards: what is not yet there must not look as if it were. */
function rounded(value: number): string {
  return String(Math.floor(value * 1000 + 1e-6) / 1000);
}
