import type { EventDraft, RecordedEvent } from '../domain/event.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { Settings } from '../domain/settings.ts';
import type { Summary } from '../domain/summary/summary.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoopLog } from '../log/create-log.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import type { LoopPlan } from './loop-plan.ts';

/** Hears of each recorded event once it is on disk. It may neither delay the loop nor end it: what it throws is logged. */
export interface Observer {
  /** Must return at once. */
  observe(event: RecordedEvent): void;
  /** The runner ends: what is not done within three seconds is left undone. */
  close(): Promise<void>;
}

export interface ObserverFacts {
  readonly plan: LoopPlan;
  readonly paths: DataPaths;
  readonly clock: Clock;
  readonly log: LoopLog;
  readonly status: () => LoopStatus;
  /** null: nothing has been counted. */
  readonly summary: () => Summary | null;
  readonly record: (draft: EventDraft) => void;
  /** Recorded as a `warning`, and logged. */
  readonly warn: (code: string, message: string) => void;
  /** Replaces `summary.txt` until the next iteration ends. */
  readonly writeSummaryText: (text: string) => void;
}

export interface ObserverModule {
  readonly createObserver: (facts: ObserverFacts) => Observer;
}

interface ObserverRow {
  readonly name: string;
  readonly isWanted: (settings: Settings) => boolean;
  readonly load: () => Promise<ObserverModule>;
}

/** Each is loaded only where a setting asks for it: a runner that waits for days holds none of them. */
const OBSERVERS: readonly ObserverRow[] = [
  {
    name: 'notifications',
    isWanted: ({ notify, notifyOn }) => notify.length > 0 && notifyOn.length > 0,
    load: () => import('../notify/notify-observer.ts'),
  },
  {
    name: 'metrics',
    isWanted: ({ metricsFile, metricsPort }) => metricsFile !== null || metricsPort !== 0,
    load: () => import('../telemetry/metrics-observer.ts'),
  },
  {
    name: 'the summary by a model',
    isWanted: ({ summaryModel }) => summaryModel !== null,
    load: () => import('../summaries/summary-observer.ts'),
  },
  {
    name: 'otel',
    isWanted: ({ otel }) => otel,
    load: () => import('../telemetry/otel-observer.ts'),
  },
];

/** Those that the settings ask for. What cannot be loaded is told, and the loop goes on without it. */
export async function loadObservers(facts: ObserverFacts): Promise<Observers> {
  const wanted = OBSERVERS.filter(({ isWanted }) => isWanted(facts.plan.settings));
  const loaded = await Promise.all(wanted.map((row) => loadOne(row, facts)));
  return new Observers(facts, loaded.flat());
}

export class Observers {
  readonly #facts: Pick<ObserverFacts, 'log'>;
  readonly #observers: readonly Observer[];

  constructor(facts: Pick<ObserverFacts, 'log'>, observers: readonly Observer[]) {
    this.#facts = facts;
    this.#observers = observers;
  }

  observe(event: RecordedEvent): void {
    for (const observer of this.#observers) {
      try {
        observer.observe(event);
      } catch (error) {
        this.#facts.log.warn({ error: String(error) }, 'an observer of the loop has failed');
      }
    }
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS);
    });
    const closed = Promise.allSettled(this.#observers.map(async (observer) => observer.close()));
    await Promise.race([closed, late]);
    clearTimeout(timer);
  }
}

const CLOSE_MS = 3_000;

async function loadOne({ name, load }: ObserverRow, facts: ObserverFacts): Promise<Observer[]> {
  try {
    return [(await load()).createObserver(facts)];
  } catch (error) {
    facts.warn('observer_failed', `${name} is left out: ${String(error)}`);
    return [];
  }
}
