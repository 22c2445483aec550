import type { TargetRecord } from '../domain/summary/summary.ts';
import type { ScoringScene } from './offered-target.ts';
import type { ScoringRules } from './scoring-rules.ts';

/** Why a target gives way to all that do not cool down; null: it does not. */
export function coolingReason(
  record: TargetRecord | null,
  rules: ScoringRules,
  { iteration, nowEpochMs }: ScoringScene,
): string | null {
  const last = record?.last_iteration ?? null;
  if (last !== null && iteration - last <= rules.cooldownIterations) {
    return `worked on in iteration ${last}; cools down until iteration ${last + rules.cooldownIterations + 1}`;
  }
  const untilEpochMs = Date.parse(record?.last_at ?? '') + rules.cooldownSeconds * 1000;
  return rules.cooldownSeconds > 0 && nowEpochMs < untilEpochMs
    ? `cools down for ${Math.ceil((untilEpochMs - nowEpochMs) / 1000)} s more`
    : null;
}
