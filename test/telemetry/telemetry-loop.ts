import type { EventDetails, EventName, RecordedEvent } from '../../src/domain/event.ts';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import { foldEvent } from '../../src/domain/metrics/fold-event.ts';
import { NOTHING_FOUND } from '../../src/domain/metrics/findings.ts';
import { withFigures } from '../../src/domain/metrics/with-figures.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Summary } from '../../src/domain/summary/summary.ts';
import { collectSecrets } from '../../src/redaction/known-secrets.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import type { TelemetryFacts, TelemetryObserver } from '../../src/telemetry/telemetry-facts.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { contextOf } from '../task/context-of.ts';

export interface TelemetryLoopOptions {
  readonly settings?: Partial<Settings>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly runId?: string;
  readonly clock?: ManualClock;
}

/** A loop that exists only as the events it records: what a telemetry observer sees of one. */
export class TelemetryLoop {
  readonly clock: ManualClock;
  readonly warned: string[] = [];
  readonly logged: string[] = [];
  readonly facts: TelemetryFacts;
  readonly #runId: string;
  #observer: TelemetryObserver | null = null;
  #summary: Summary | null = null;
  #status: LoopStatus = IDLE;
  #seq = 0;
  #tellSummary: TelemetryFacts['summary'] = () => this.#summary && withFigures(this.#summary);

  constructor(options: TelemetryLoopOptions = {}) {
    const { settings = {}, environment = {}, runId = RUN_ID, clock = new ManualClock() } = options;
    this.clock = clock;
    this.#runId = runId;
    const say = (message: string): number => this.logged.push(message);
    this.facts = {
      plan: {
        loop: 'night',
        task: { name: 'demo' },
        agent: { name: 'claude' },
        settings: { ...contextOf({}).settings, ...settings },
        environment,
        redactor: createRedactor(collectSecrets(environment)),
        dataDirectory: '/data/night',
      },
      clock,
      log: { info: (_, message) => say(message), warn: (_, message) => say(message) },
      status: () => this.#status,
      summary: () => this.#tellSummary(),
      warn: (code, message) => this.warned.push(`${code}: ${message}`),
    };
  }

  observedBy(create: (facts: TelemetryFacts) => TelemetryObserver): TelemetryObserver {
    this.#observer = create(this.facts);
    return this.#observer;
  }

  /** Asked for its summary, it does this from now on. */
  breaks(summary: TelemetryFacts['summary']): void {
    this.#tellSummary = summary;
  }

  changes(status: Partial<LoopStatus>): void {
    this.#status = { ...this.#status, ...status };
  }

  /** Records it now, and shows it to the observer. */
  records<Name extends EventName>(
    event: Name,
    details: EventDetails[Name],
    { iteration = null, duration = null }: Partial<RecordedEvent> = {},
  ): void {
    this.#seq += 1;
    const recorded = {
      timestamp: new Date(this.clock.now()).toISOString(),
      ...{ event, iteration, task: 'demo', duration, exit_code: null, details },
      ...{ seq: this.#seq, run_id: this.#runId },
    };
    this.#summary = foldEvent(this.#summary, recorded);
    this.#observer?.observe(recorded);
  }

  /** One iteration of 60 s with one attempt of 50 s. */
  iterates(iteration: number, end: Partial<EventDetails['iteration_end']> = {}): void {
    const { target = 'a target', outcome = 'succeeded' } = end;
    this.records('iteration_start', { target, candidates: [] }, { iteration });
    this.clock.advance(5_000);
    const worker = { pid: 7, agent: 'claude', attempt: 1 };
    this.records('worker_start', worker, { iteration });
    this.clock.advance(50_000);
    this.records(
      'worker_end',
      { attempt: 1, outcome, swept: [], usage: USAGE },
      { iteration, duration: 50 },
    );
    this.clock.advance(5_000);
    this.ends(iteration, { ...end, target });
  }

  ends(iteration: number, end: Partial<EventDetails['iteration_end']>): void {
    const details = { ...ITERATION_END, ...end };
    this.records('iteration_end', details, { iteration, duration: 60 });
  }
}

const RUN_ID = '20260101T000000-3f9c2a';

const USAGE = {
  ...{ output_bytes: 10, model: 'claude-opus-4', reason: 'exit code 0' },
  ...{ peak_memory_mb: 100, peak_processes: 2, cpu_seconds: 1.5 },
};

const ITERATION_END: EventDetails['iteration_end'] = {
  ...{ outcome: 'succeeded', target: null, attempts: 1, cost_usd: 0.25, cost_estimated: false },
  tokens: { in: 1_000, out: 200, cached: 50 },
  ...{ turns: 3, changes: ['a.txt'], validation: null, report: null },
  ...NOTHING_FOUND,
};

const IDLE: LoopStatus = {
  ...{ loop: 'night', task: 'demo', state: 'waiting.interval', running: true, stale: false },
  ...{ pid: 1, since: '2026-01-01T00:00:00.000Z', runId: RUN_ID, iteration: 0, target: null },
  ...{ worker: null, wait: null, validation: null, stopRequested: false, paused: false },
  ...{ ended: null, breaker: { state: 'closed', cause: null, diagnosis: null } },
  caps: {
    ...{ maxIterations: null, maxFailures: null, failuresInRow: 0, maxCostUsd: null },
    ...{ maxTokens: null, maxRuntimeSeconds: null, runtimeSeconds: 0 },
    ...{ maxLimitWaitSeconds: null, limitWaitSeconds: 0, until: null },
  },
  totals: {
    ...{ iterations: 0, succeeded: 0, failed: 0, costUsd: null },
    ...{ costIsEstimated: false, tokens: null },
  },
  dataDir: '/data/night',
};
