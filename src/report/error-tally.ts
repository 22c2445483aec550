import { errorFingerprint } from '../domain/error-fingerprint.ts';
import type { RecordedEvent } from '../domain/event.ts';
import { adviceFor } from './advice-for.ts';
import { share } from './counts.ts';
import type { OutcomeGroup } from './outcome-group.ts';
import type { ErrorReport } from './report.ts';

interface Tally {
  readonly outcome: string;
  readonly group: OutcomeGroup;
  readonly firstAt: string;
  readonly targets: Set<string>;
  reason: string;
  count: number;
  lastAt: string;
  lastIteration: number | null;
}

/** Counts the same error as one, however its numbers and paths differ. */
export class ErrorTally {
  readonly #tallies = new Map<string, Tally>();
  #total = 0;

  add(
    { details, timestamp, iteration }: RecordedEvent<'iteration_end'>,
    { group, reason }: { readonly group: OutcomeGroup; readonly reason: string },
  ): void {
    const { outcome, target } = details;
    const words = reason.slice(0, LONGEST_REASON);
    const exact = errorFingerprint(outcome, words);
    const isFull = this.#tallies.size >= MOST_KINDS && !this.#tallies.has(exact);
    const key = isFull ? outcome : exact;
    const tally = this.#tallies.get(key) ?? {
      ...{ outcome, group, firstAt: timestamp, targets: new Set(), reason: words },
      ...{ count: 0, lastAt: timestamp, lastIteration: iteration },
    };
    this.#tallies.set(key, tally);
    this.#total += 1;
    tally.count += 1;
    tally.reason = words;
    tally.lastAt = timestamp;
    tally.lastIteration = iteration;
    if (target !== null && tally.targets.size < MOST_TARGETS) {
      tally.targets.add(target);
    }
  }

  /** Most frequent first. */
  report(): ErrorReport[] {
    return [...this.#tallies.values()]
      .toSorted((left, right) => right.count - left.count)
      .map(({ firstAt, lastAt, lastIteration, targets, ...tally }) => ({
        ...tally,
        share: share(tally.count, this.#total) ?? 0,
        ...{ first_at: firstAt, last_at: lastAt, last_iteration: lastIteration },
        targets: [...targets],
        advice: adviceFor(tally.outcome),
      }));
  }
}

/** Errors that are all different are counted by their outcome from there on. */
const MOST_KINDS = 1_000;
const LONGEST_REASON = 400;
const MOST_TARGETS = 5;
