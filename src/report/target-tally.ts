import type { RecordedEvent } from '../domain/event.ts';
import { isOutcome } from '../domain/outcome.ts';
import { rememberOutcome, shareThatWentWell, type LastTen } from '../domain/progress/stability.ts';
import { addCost } from '../domain/tokens.ts';
import { CompletionTally } from './completion-tally.ts';
import { rounded, share } from './counts.ts';
import type { IterationEnd } from './iteration-end.ts';
import { wentWell, type OutcomeGroup } from './outcome-group.ts';
import type { LoopReport, TargetReport } from './report.ts';

interface Tally {
  iterations: number;
  succeeded: number;
  failed: number;
  costUsd: number | null;
  worked: number;
  last: OutcomeGroup[];
  lastTen: LastTen;
  lastOutcome: string;
  lastIteration: number | null;
  lastAt: string;
  leftOut: TargetReport['left_out'];
}

/** Counts what became of each target. */
export class TargetTally {
  readonly #tallies = new Map<string, Tally>();
  readonly #completions = new CompletionTally();

  add({ details, iteration, timestamp }: RecordedEvent<'iteration_end'>, end: IterationEnd): void {
    this.#measure(details.target, end);
    if (typeof details.target !== 'string') {
      return;
    }
    const tally = this.#tallies.get(details.target) ?? emptyTally();
    this.#tallies.set(details.target, tally);
    tally.iterations += 1;
    tally.succeeded += wentWell(end.group) ? 1 : 0;
    tally.failed += end.group === 'failed' ? 1 : 0;
    tally.costUsd = addCost(tally.costUsd, end.costUsd);
    tally.worked += end.duration ?? 0;
    tally.last.push(end.group);
    if (tally.last.length > SPARKS) {
      tally.last.shift();
    }
    tally.lastTen = isOutcome(details.outcome)
      ? rememberOutcome(tally.lastTen, details.outcome)
      : tally.lastTen;
    tally.lastOutcome = details.outcome;
    tally.lastIteration = iteration;
    tally.lastAt = timestamp;
    tally.leftOut = wentWell(end.group) ? null : tally.leftOut;
  }

  /** It is chosen no more, until its next success shows that it was. */
  leaveOut({ details }: RecordedEvent<'warning'>): void {
    const { code, target, reason = '', until = null } = details;
    const tally = target === undefined ? undefined : this.#tallies.get(target);
    if (tally && code === 'target_quarantined') {
      tally.leftOut = { reason, until };
    }
  }

  get completion(): LoopReport['completion'] {
    return this.#completions.whole;
  }

  #measure(target: string | null, { measures }: IterationEnd): void {
    if (measures !== null && measures.completion !== null) {
      this.#completions.add(target, measures.completion);
    }
  }

  /** Those worked on most come first. */
  report(): TargetReport[] {
    return [...this.#tallies]
      .map(([target, tally]) =>
        reportOf(target, { ...tally, completion: this.#completions.of(target) }),
      )
      .toSorted((left, right) => right.iterations - left.iterations);
  }
}

/** As many outcomes as a line shows. */
const SPARKS = 20;

function emptyTally(): Tally {
  return {
    ...{ iterations: 0, succeeded: 0, failed: 0, costUsd: null, worked: 0, last: [], lastTen: '' },
    ...{ lastOutcome: '', lastIteration: null, lastAt: '', leftOut: null },
  };
}

function reportOf(target: string, tally: Tally & Pick<TargetReport, 'completion'>): TargetReport {
  const { iterations, succeeded, failed, costUsd, completion, last } = tally;
  return {
    ...{ target, iterations, succeeded, failed, completion, last },
    success_rate: share(succeeded, iterations),
    cost_usd: costUsd,
    cost_per_success: costUsd === null || succeeded === 0 ? null : rounded(costUsd / succeeded),
    worked: rounded(tally.worked),
    last_outcome: tally.lastOutcome,
    last_iteration: tally.lastIteration,
    last_at: tally.lastAt,
    stability: shareThatWentWell(tally.lastTen),
    left_out: tally.leftOut,
  };
}
