import type { RecordedEvent } from '../../domain/event.ts';
import { metricFamilies } from '../metrics/families.ts';
import type { MetricFamily } from '../metrics/metric-family.ts';
import { momentOf } from '../metrics/moment-of.ts';
import type { MetricsMoment, Tally } from '../metrics/metrics-moment.ts';
import { NOTHING_TALLIED, tallyEvent } from '../metrics/tally.ts';
import type { TelemetryFacts } from '../telemetry-facts.ts';
import { WarnOnce } from '../warn-once.ts';
import { AgentHistograms } from './agent-histograms.ts';
import { ExportQueue } from './export-queue.ts';
import { metricsRequest, type MetricsSnapshot } from './metrics-request.ts';
import type { FeedParts } from './trace-feed.ts';

/**
 * Sends the metrics of a loop: after each iteration, and now and then in between. Each tells all that those before it
 * told, so that none is missed which is lost.
 */
export class MetricsFeed {
  readonly #facts: TelemetryFacts;
  readonly #queue: ExportQueue<MetricsSnapshot> | null;
  readonly #histograms: AgentHistograms;
  readonly #trouble: WarnOnce;
  readonly #intervalMs: number;
  #cancel: () => void = () => {};
  #tally: Tally = NOTHING_TALLIED;

  constructor(facts: TelemetryFacts, { options, sender }: FeedParts) {
    this.#facts = facts;
    this.#intervalMs = options.metricIntervalMs;
    this.#histograms = new AgentHistograms(facts.plan.agent.name);
    this.#trouble = new WarnOnce(facts, 'otel_metrics_failed');
    this.#queue =
      options.metrics &&
      new ExportQueue({
        ...{ options: options.metrics, clock: facts.clock, message: 'MetricsRequest' },
        encode: ([snapshot]) => (snapshot ? metricsRequest(snapshot, sender) : {}),
        ...{ most: 1, batchSize: 1, delayMs: 0 },
        failed: (reason) =>
          this.#trouble.trouble(
            `metrics cannot be sent to ${options.metrics?.url.host ?? ''}: ${reason}; the loop goes on`,
          ),
        taken: () => this.#trouble.over('metrics are sent again'),
        dropped: () => {},
      });
    this.#sendRegularly();
  }

  observe(event: RecordedEvent): void {
    this.#tally = tallyEvent(this.#tally, event);
    this.#histograms.observe(event);
    if (MOMENTS.has(event.event)) {
      this.#send();
    }
  }

  async close(forMs: number): Promise<void> {
    this.#trouble.end();
    this.#cancel();
    this.#send();
    await this.#queue?.close(forMs);
  }

  #sendRegularly(): void {
    this.#cancel = this.#facts.clock.startTimer(this.#intervalMs, () => {
      try {
        this.#send();
      } catch (error) {
        this.#trouble.trouble(`metrics cannot be told: ${String(error)}`);
      }
      this.#sendRegularly();
    });
  }

  #send(): void {
    const { clock, plan } = this.#facts;
    const moment = momentOf(this.#facts, this.#tally);
    this.#queue?.replace({
      families: plan.redactor.redactValue(told(metricFamilies(moment))),
      histograms: this.#histograms.all(),
      at: clock.now(),
      ...sincesOf(moment),
    });
  }
}

const MOMENTS: ReadonlySet<string> = new Set(['loop_start', 'loop_resume', 'iteration_end']);

/** Those that a resource tells already are left out. */
function told(families: readonly MetricFamily[]): readonly MetricFamily[] {
  return families.filter(({ name }) => name !== 'autoloop_info');
}

function sincesOf({
  summary,
  runner,
}: MetricsMoment): Pick<MetricsSnapshot, 'loopSince' | 'runnerSince'> {
  const first = Date.parse(summary?.state.first_at ?? '');
  return {
    loopSince: Number.isNaN(first) ? runner.startedAt : first,
    runnerSince: runner.startedAt,
  };
}
