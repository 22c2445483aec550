import type { EventDraft, RecordedEvent } from '../domain/event.ts';
import { untoldNotices } from '../domain/metrics/anomalies/fold-anomalies.ts';
import { foldEvent } from '../domain/metrics/fold-event.ts';
import { withFigures } from '../domain/metrics/with-figures.ts';
import { parseSummary } from '../domain/summary/parse-summary.ts';
import type { Summary } from '../domain/summary/summary.ts';
import { handedOnText } from '../domain/summary/handed-on-text.ts';
import { summaryText } from '../domain/summary/summary-text.ts';
import type { SummaryStore } from '../ports/summary-store.ts';
import { eventsAfter } from '../stores/events-after.ts';

export interface MetricsFacts {
  readonly summaries: SummaryStore;
  /** `events.ndjson`, absolute. */
  readonly events: string;
  /** Records it after the events at hand. */
  readonly recordAfter: (draft: EventDraft) => void;
}

/**
 * Keeps `summary.json` and `summary.txt`: folds each recorded event, once, and writes when an iteration or the run has
 * ended. What a dead runner recorded and did not count is counted first: the events are the truth, the summary follows.
 */
export class MetricsKeeper {
  readonly #facts: MetricsFacts;
  #summary: Summary | null;
  /** Notices handed over, and not seen recorded yet. */
  readonly #handedOver = new Set<string>();

  constructor(facts: MetricsFacts) {
    this.#facts = facts;
    this.#summary = parseSummary(facts.summaries.readMetrics());
  }

  /** null: nothing has been counted. */
  get summary(): Summary | null {
    return this.#summary && withFigures(this.#summary);
  }

  /** Of an event that is on disk. Throws AutoloopError (153, 155) where the summary cannot be written. */
  observe(event: RecordedEvent): void {
    if (event.seq > this.#lastSeq() + 1) {
      this.#catchUp(event.seq);
    }
    this.#summary = foldEvent(this.#summary, event);
    if (event.event === 'iteration_end') {
      this.#writeAll(event.iteration);
    } else if (event.event === 'loop_end') {
      this.#writeMetrics();
    }
    this.#tellNotices(event);
  }

  #catchUp(before: number): void {
    let counted = false;
    for (const event of eventsAfter(this.#facts.events, this.#lastSeq())) {
      if (event.seq >= before) {
        break;
      }
      this.#summary = foldEvent(this.#summary, event);
      counted ||= event.event === 'iteration_end';
    }
    if (counted) {
      this.#writeAll(null);
    }
  }

  #writeAll(iteration: number | null): void {
    if (!this.#summary) {
      return;
    }
    const begun = performance.now();
    this.#writeMetrics();
    const handedOn = handedOnText(this.#summary);
    this.#facts.summaries.writeText(handedOn ?? summaryText(this.#summary));
    const duration = Math.round(performance.now() - begun) / 1000;
    if (iteration !== null) {
      const details = {
        source: handedOn === null ? ('derived' as const) : ('agent' as const),
        model: null,
      };
      const draft = { iteration, duration, exitCode: null, details };
      this.#facts.recordAfter({ type: 'summary_generated', ...draft });
    }
  }

  #writeMetrics(): void {
    if (this.#summary) {
      this.#facts.summaries.writeMetrics(withFigures(this.#summary));
    }
  }

  #tellNotices({ event, iteration, details }: RecordedEvent): void {
    if (event === 'anomaly' && 'kind' in details && 'state' in details) {
      this.#handedOver.delete(`${details.kind} ${details.state}`);
    }
    for (const notice of untoldNotices(this.#summary?.state.metrics?.anomalies ?? {})) {
      const name = `${notice.kind} ${notice.state}`;
      if (!this.#handedOver.has(name)) {
        this.#handedOver.add(name);
        const draft = { iteration, duration: null, exitCode: null, details: notice };
        this.#facts.recordAfter({ type: 'anomaly', ...draft });
      }
    }
  }

  #lastSeq(): number {
    return this.#summary?.state.metrics?.lastSeq ?? 0;
  }
}
