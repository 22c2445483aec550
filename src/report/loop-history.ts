import type { EventName, RecordedEvent } from '../domain/event.ts';
import { AnomalyList } from './anomaly-list.ts';
import { ErrorTally } from './error-tally.ts';
import { endOf, type IterationEnd } from './iteration-end.ts';
import { groupOf, wentWell } from './outcome-group.ts';
import type { IterationSaid } from './report.ts';
import { TargetTally } from './target-tally.ts';

/** The kinds of events a report is made of. */
export const REPORTED_EVENTS: readonly string[] = [
  'iteration_end',
  'iteration_skip',
  'worker_end',
  'validation',
  'loop_resume',
  'warning',
  'anomaly',
];

/** Takes a loop's events in their order, one pass: what is kept of an iteration is a few numbers. */
export class LoopHistory {
  readonly ends: IterationEnd[] = [];
  readonly targets = new TargetTally();
  readonly errors = new ErrorTally();
  readonly anomalies = new AnomalyList();
  readonly outcomes = new Map<string, number>();
  /** The last ones that said something, oldest first. */
  readonly said: IterationSaid[] = [];
  task: string | null = null;
  crashes = 0;
  #reason: string | null = null;

  add(event: RecordedEvent): void {
    this.task = event.task;
    if (is(event, 'iteration_end')) {
      this.#end(event);
    } else if (is(event, 'worker_end')) {
      this.#reason = textOr(event.details.usage?.reason, null);
    } else if (is(event, 'validation')) {
      this.#judge(event.details);
    } else if (is(event, 'iteration_skip')) {
      this.#reason ??= textOr(event.details.reason, null);
    } else if (is(event, 'loop_resume')) {
      this.crashes += event.details.reason === 'crashed' ? 1 : 0;
    } else if (is(event, 'warning')) {
      this.targets.leaveOut(event);
    } else if (is(event, 'anomaly')) {
      this.anomalies.add(event);
    }
  }

  /** What its work did not pass is why it failed, however well its worker ended. */
  #judge({ gate, passed, reason }: RecordedEvent<'validation'>['details']): void {
    if (!passed) {
      this.#reason = `gate ${gate}: ${reason ?? 'not passed'}`;
    }
  }

  #end(event: RecordedEvent<'iteration_end'>): void {
    const { outcome } = event.details;
    const group = groupOf(outcome);
    const end = endOf(event, group);
    this.ends.push(end);
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    this.targets.add(event, end);
    if (!wentWell(group)) {
      this.errors.add(event, { group, reason: this.#reason ?? outcome });
    }
    this.#reason = null;
    this.#hear(event, end);
  }

  #hear(event: RecordedEvent<'iteration_end'>, end: IterationEnd): void {
    const said = textOr(event.details.said, '')?.trim() ?? '';
    if (said === '') {
      return;
    }
    const { iteration, timestamp: at, duration, details } = event;
    const { target, outcome } = details;
    const { group, costUsd: cost_usd } = end;
    this.said.push({ iteration, target, outcome, group, at, duration, cost_usd, said });
    if (this.said.length > MOST_SAID) {
      this.said.shift();
    }
  }
}

const MOST_SAID = 8;

function is<Name extends EventName>(
  event: RecordedEvent,
  name: Name,
): event is RecordedEvent<Name> {
  return event.event === name;
}

/** A log outlives versions: what it holds need not be what this one writes. */
function textOr<Other>(value: unknown, other: Other): string | Other {
  return typeof value === 'string' ? value : other;
}
