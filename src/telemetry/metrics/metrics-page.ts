import type { RecordedEvent } from '../../domain/event.ts';
import type { TelemetryFacts } from '../telemetry-facts.ts';
import { metricFamilies } from './families.ts';
import { momentOf } from './moment-of.ts';
import type { Tally } from './metrics-moment.ts';
import { metricsText, type TextFormat } from './open-metrics.ts';
import { NOTHING_TALLIED, tallyEvent } from './tally.ts';

/** The metrics of a loop as text. Made once a second at most, however often they are asked for. */
export class MetricsPage {
  readonly #facts: TelemetryFacts;
  readonly #made = new Map<TextFormat, { readonly text: string; readonly at: number }>();
  #tally: Tally = NOTHING_TALLIED;

  constructor(facts: TelemetryFacts) {
    this.#facts = facts;
  }

  observe(event: RecordedEvent): void {
    this.#tally = tallyEvent(this.#tally, event);
    this.#made.clear();
  }

  text(format: TextFormat): string {
    const now = this.#facts.clock.now();
    const made = this.#made.get(format);
    if (made && Math.abs(now - made.at) < LIFE_MS) {
      return made.text;
    }
    const { loop, redactor } = this.#facts.plan;
    const text = metricsText(metricFamilies(momentOf(this.#facts, this.#tally)), {
      ...{ format, labels: { loop } },
      redact: (label) => redactor.redactValue(label),
    });
    this.#made.set(format, { text, at: now });
    return text;
  }
}

const LIFE_MS = 1_000;
