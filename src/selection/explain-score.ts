import type { TargetRecord } from '../domain/summary/summary.ts';
import { costOf } from './cost-scale.ts';
import type { OfferedTarget } from './offered-target.ts';
import type { RankedTarget } from './rank-targets.ts';
import { SCORE_PARTS, type ScorePartName, type ScoringRules } from './scoring-rules.ts';

export interface ScorePart {
  readonly part: ScorePartName;
  readonly value: number;
  readonly weight: number;
  /** Value times weight; their sum is the score. */
  readonly points: number;
  readonly reason: string;
}

/** A score, part by part: what counts at all, in the order of the table in docs/selection.md. */
export function explainScore(ranked: RankedTarget, { weights }: ScoringRules): ScorePart[] {
  return SCORE_PARTS.filter((part) => weights[part] !== 0).map((part) => {
    const value = ranked.values[part];
    const weight = weights[part];
    return { part, value, weight, points: value * weight, reason: REASONS[part](ranked) };
  });
}

/** In a few words, for tables. */
export function scoreWords(ranked: RankedTarget): string {
  return [
    ...(ranked.cooling === null ? [] : [ranked.cooling]),
    ...(ranked.target.reason === undefined ? [] : [ranked.target.reason]),
    `need ${ranked.target.need === null ? 'unknown' : rounded(ranked.target.need)}`,
    ...(ranked.target.priority === 0 ? [] : [`priority ${rounded(ranked.target.priority)}`]),
    lastTime(ranked.record),
  ].join(', ');
}

const REASONS: Readonly<Record<ScorePartName, (ranked: RankedTarget) => string>> = {
  need: ({ target }) => (target.need === null ? 'its task does not tell' : toldBy(target)),
  priority: ({ target }) => (target.priority === 0 ? 'none was set' : toldBy(target)),
  recency: ({ record }) => lastTime(record),
  exploration: ({ record }) =>
    `need × a drawn chance (${record === null ? 'nothing known yet' : tally(record)})`,
  success: ({ record }) => (record === null ? 'nothing is known yet' : tally(record)),
  cost: ({ record }) => (record === null ? 'nothing is known yet' : costWords(record)),
};

function toldBy({ reason }: OfferedTarget): string {
  return reason ?? 'as its task tells';
}

function lastTime(record: TargetRecord | null): string {
  if (record === null) {
    return 'never worked on';
  }
  return record.last_iteration === null
    ? `last worked on at ${record.last_at}`
    : `last worked on in iteration ${record.last_iteration}`;
}

function tally({ succeeded, unchanged, failed }: TargetRecord): string {
  const idle = unchanged > 0 ? `, ${unchanged} without a change` : '';
  return `${succeeded - unchanged} good, ${failed} failed${idle}`;
}

function costWords(record: TargetRecord): string {
  const usd = costOf(record, true);
  const seconds = costOf(record, false);
  if (usd !== null) {
    return `$${usd.toFixed(2)} an iteration`;
  }
  return seconds === null ? 'not known' : `${rounded(seconds)} s an iteration`;
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
