import type { Environment } from '../domain/environment.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { Settings } from '../domain/settings.ts';
import type { Summary } from '../domain/summary/summary.ts';
import type { Clock } from '../ports/clock.ts';
import type { Redactor } from '../redaction/redactor.ts';

/** What the exporters need of a loop: the part of the runner's `ObserverFacts` that they use. */
export interface TelemetryFacts {
  readonly plan: TelemetryPlan;
  readonly clock: Clock;
  readonly log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
  readonly status: () => LoopStatus;
  readonly summary: () => Summary | null;
  readonly warn: (code: string, message: string) => void;
}

export interface TelemetryPlan {
  readonly loop: string;
  readonly task: { readonly name: string };
  readonly agent: { readonly name: string };
  readonly settings: Settings;
  readonly environment: Environment;
  readonly redactor: Redactor;
  readonly dataDirectory: string;
}

/** As the runner's `Observer`. */
export interface TelemetryObserver {
  observe(event: RecordedEvent): void;
  close(): Promise<void>;
}
