import { isOutcome, outcomeRule } from '../domain/outcome.ts';
import { answersOf } from './answers/answers-of.ts';
import { bucketize } from './bucketize.ts';
import { figuresOf } from './figures.ts';
import type { LoopHistory } from './loop-history.ts';
import { groupOf } from './outcome-group.ts';
import type { LoopReport, OutcomeCount } from './report.ts';

export interface LoopFacts {
  readonly loop: string;
  /** What it does now, in words; null: nobody looked. */
  readonly state: string | null;
  /** ISO-8601; null: all that is kept. */
  readonly since: string | null;
  /** Of local time. */
  readonly offsetMs: number;
}

/** The report of one loop; no larger for a million iterations than for a thousand. */
export function reportLoop(history: LoopHistory, facts: LoopFacts): LoopReport {
  const { ends } = history;
  const targets = history.targets.report();
  const errors = history.errors.report();
  const found = {
    figures: figuresOf(ends),
    outcomes: outcomesOf(history),
    errors,
    anomalies: history.anomalies.report(facts.since),
    targets,
    completion: history.targets.completion,
    crashes: history.crashes,
  };
  return {
    ...{ loop: facts.loop, task: history.task, state: facts.state },
    ...{ from: momentOf(ends[0]?.atEpochMs), to: momentOf(ends.at(-1)?.atEpochMs) },
    ...found,
    answers: answersOf(found, ends),
    buckets: bucketize(ends, facts.offsetMs),
    targets: targets.slice(0, MOST_TARGETS),
    more_targets: Math.max(0, targets.length - MOST_TARGETS),
    errors: errors.slice(0, MOST_ERRORS),
    more_errors: Math.max(0, errors.length - MOST_ERRORS),
    anomalies: found.anomalies.slice(0, MOST_ANOMALIES),
    summaries: history.said.toReversed(),
  };
}

const MOST_TARGETS = 50;
const MOST_ERRORS = 15;
const MOST_ANOMALIES = 20;

/** Most frequent first. */
function outcomesOf({ outcomes }: LoopHistory): OutcomeCount[] {
  return [...outcomes]
    .map(([outcome, count]) => ({
      ...{ outcome, count, group: groupOf(outcome) },
      meaning: isOutcome(outcome) ? outcomeRule(outcome).meaning : null,
    }))
    .toSorted((left, right) => right.count - left.count);
}

function momentOf(epochMs: number | undefined): string | null {
  return epochMs === undefined || Number.isNaN(epochMs) ? null : new Date(epochMs).toISOString();
}
