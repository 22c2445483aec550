import type { Environment } from '../domain/environment.ts';
import { MetricsFeed } from './otel/metrics-feed.ts';
import { readOtelOptions } from './otel/otel-options.ts';
import { senderOf } from './otel/sender-of.ts';
import { TraceFeed } from './otel/trace-feed.ts';
import { troubleOf, type Trouble } from './trouble.ts';
import type { TelemetryFacts, TelemetryObserver } from './telemetry-facts.ts';

/** `--otel`: traces and metrics of the loop for a collector of OpenTelemetry. */
export function createObserver(facts: TelemetryFacts): TelemetryObserver {
  const options = readOtelOptions(facts.plan.environment);
  const sender = senderOf(facts.plan, options);
  const feeds = [
    ...(options.traces === null ? [] : [new TraceFeed(facts, { options, sender })]),
    ...(options.metrics === null ? [] : [new MetricsFeed(facts, { options, sender })]),
  ];
  return {
    observe(event) {
      feeds.forEach((feed) => feed.observe(event));
    },
    async close() {
      await Promise.all(feeds.map(async (feed) => feed.close(CLOSE_MS)));
    },
  };
}

/** Less than the runner gives. */
const CLOSE_MS = 2_000;

/** What the variables of OpenTelemetry ask for and cannot be had; null: nothing. Looked at before a loop begins. */
export function otelTrouble(environment: Environment): Trouble | null {
  return troubleOf(() => readOtelOptions(environment));
}
