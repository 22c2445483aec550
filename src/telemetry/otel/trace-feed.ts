import type { RecordedEvent } from '../../domain/event.ts';
import type { TelemetryFacts } from '../telemetry-facts.ts';
import { WarnOnce } from '../warn-once.ts';
import { ExportQueue } from './export-queue.ts';
import type { OtelOptions } from './otel-options.ts';
import type { Sender } from './otlp-request.ts';
import type { Span } from './span.ts';
import { SpanBuilder } from './span-builder.ts';
import { traceRequest } from './trace-request.ts';

export interface FeedParts {
  readonly options: OtelOptions;
  readonly sender: Sender;
}

/** Sends the spans of a loop. */
export class TraceFeed {
  readonly #facts: TelemetryFacts;
  readonly #builder: SpanBuilder;
  readonly #queue: ExportQueue<Span> | null;
  readonly #trouble: WarnOnce;
  #dropped = 0;

  constructor(facts: TelemetryFacts, { options, sender }: FeedParts) {
    const { plan } = facts;
    this.#facts = facts;
    this.#trouble = new WarnOnce(facts, 'otel_traces_failed');
    this.#builder = new SpanBuilder({
      agent: plan.agent.name,
      model: plan.redactor.redactValue(plan.settings.model),
    });
    this.#queue =
      options.traces &&
      new ExportQueue({
        ...{ options: options.traces, clock: facts.clock, message: 'TraceRequest' },
        encode: (spans) => traceRequest(spans, sender),
        ...{ most: options.mostWaiting, batchSize: options.batchSize },
        delayMs: options.batchDelayMs,
        failed: (reason) =>
          this.#trouble.trouble(
            `traces cannot be sent to ${options.traces?.url.host ?? ''}: ${reason}; up to ${options.mostWaiting} spans wait for it, and the loop goes on`,
          ),
        taken: () => this.#trouble.over('traces are sent again'),
        dropped: (count, reason) => this.#drop(count, reason),
      });
  }

  observe(event: RecordedEvent): void {
    this.#builder.observe(event).forEach((span) => this.#queue?.offer(span));
  }

  async close(forMs: number): Promise<void> {
    this.#trouble.end();
    await this.#queue?.close(forMs);
    if (this.#dropped > 0) {
      this.#facts.log.warn({ dropped: this.#dropped }, `${this.#dropped} spans were lost in all`);
    }
  }

  #drop(count: number, reason: string): void {
    if (this.#dropped === 0) {
      this.#facts.log.warn({ dropped: count }, `spans are lost from now on: ${reason}`);
    }
    this.#dropped += count;
  }
}
