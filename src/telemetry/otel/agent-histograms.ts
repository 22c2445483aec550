import type { RecordedEvent } from '../../domain/event.ts';
import { isSuccess } from '../../domain/outcome.ts';
import { isNamed } from '../is-named.ts';
import { Histogram, type NamedHistogram } from './histogram.ts';
import { providerOf } from './span-attributes.ts';
import { attributesOf, type Attributes } from './span.ts';

/** The metrics that the conventions for GenAI have for those who call agents, of this runner's attempts and iterations. */
export class AgentHistograms {
  readonly #durations = new Histogram(SECONDS);
  readonly #tokens = new Histogram(TOKENS);
  #agent: string;
  #model: string | null = null;

  constructor(agent: string) {
    this.#agent = agent;
  }

  observe(event: RecordedEvent): void {
    if (isNamed(event, 'worker_start') || isNamed(event, 'worker_adopt')) {
      this.#agent = event.details.agent;
    } else if (isNamed(event, 'worker_end')) {
      const { outcome, usage } = event.details;
      this.#model = usage.model;
      const attributes = this.#attributes({ 'error.type': isSuccess(outcome) ? null : outcome });
      this.#durations.record(event.duration ?? 0, attributes);
    } else if (isNamed(event, 'iteration_end') && event.details.tokens !== null) {
      const { tokens } = event.details;
      this.#tokens.record(tokens.in, this.#attributes({ 'gen_ai.token.type': 'input' }));
      this.#tokens.record(tokens.out, this.#attributes({ 'gen_ai.token.type': 'output' }));
    }
  }

  all(): readonly NamedHistogram[] {
    return [
      {
        name: 'gen_ai.client.operation.duration',
        description: 'How long attempts took.',
        ...{ unit: 's', bounds: SECONDS, points: this.#durations.points() },
      },
      {
        name: 'gen_ai.client.token.usage',
        description: 'Tokens of an iteration.',
        ...{ unit: '{token}', bounds: TOKENS, points: this.#tokens.points() },
      },
    ].filter(({ points }) => points.length > 0);
  }

  #attributes(more: Parameters<typeof attributesOf>[0]): Attributes {
    return attributesOf({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': providerOf(this.#agent),
      'gen_ai.agent.name': this.#agent,
      'gen_ai.response.model': this.#model,
      ...more,
    });
  }
}

/** Attempts take minutes: the bounds that the conventions advise end at 82 s. */
const SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200];
/** As the conventions advise them: 4⁰ to 4¹³. */
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);
