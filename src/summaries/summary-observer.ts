import type { RecordedEvent } from '../domain/event.ts';
import { NaturalSummaries } from './natural-summaries.ts';
import type { SummaryFacts } from './summary-facts.ts';

/** Has the summary for the next prompt put into words by a model of Ollama. */
export function createObserver(facts: SummaryFacts): {
  observe(event: RecordedEvent): void;
  close(): Promise<void>;
} {
  return new NaturalSummaries(facts);
}
