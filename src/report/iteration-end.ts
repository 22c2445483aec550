import type { RecordedEvent } from '../domain/event.ts';
import type { OutcomeGroup } from './outcome-group.ts';

/** What a report keeps of each iteration. */
export interface IterationEnd {
  readonly group: OutcomeGroup;
  readonly atEpochMs: number;
  /** Seconds. */
  readonly duration: number | null;
  readonly costUsd: number | null;
  readonly isEstimated: boolean;
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
  readonly tokensCached: number | null;
  /** Whether its work passed its gates; null: there was none. */
  readonly validation: boolean | null;
  readonly drifted: boolean | null;
  readonly measures: KnownMeasures | null;
}

/** What its task measured; null: it did not. */
export interface KnownMeasures {
  /** 0 to 1. */
  readonly completion: number | null;
  readonly issuesFixed: number | null;
  readonly resourcesImproved: number | null;
  readonly scenariosValidated: number | null;
}

/** Fields that an older version did not write are null. */
export function endOf(
  { timestamp, duration, details }: RecordedEvent<'iteration_end'>,
  group: OutcomeGroup,
): IterationEnd {
  const tokens: unknown = details.tokens;
  return {
    group,
    atEpochMs: Date.parse(timestamp),
    duration,
    costUsd: numberIn(details, 'cost_usd'),
    isEstimated: booleanIn(details, 'cost_estimated') ?? false,
    tokensIn: numberIn(tokens, 'in'),
    tokensOut: numberIn(tokens, 'out'),
    tokensCached: numberIn(tokens, 'cached'),
    validation: booleanIn(details, 'validation'),
    drifted: booleanIn(details, 'drifted'),
    measures: measuresIn(fieldOf(details, 'measures')),
  };
}

function measuresIn(measures: unknown): KnownMeasures | null {
  if (typeof measures !== 'object' || measures === null) {
    return null;
  }
  const done = numberIn(fieldOf(measures, 'prd'), 'done');
  const total = numberIn(fieldOf(measures, 'prd'), 'total');
  return {
    completion: done === null || !total ? null : Math.min(1, done / total),
    issuesFixed: numberIn(measures, 'issuesFixed'),
    resourcesImproved: numberIn(measures, 'resourcesImproved'),
    scenariosValidated: numberIn(measures, 'scenariosValidated'),
  };
}

function numberIn(owner: unknown, name: string): number | null {
  const value = fieldOf(owner, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function booleanIn(owner: unknown, name: string): boolean | null {
  const value = fieldOf(owner, name);
  return typeof value === 'boolean' ? value : null;
}

function fieldOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
