import type { EventDetails, EventName, RecordedEvent } from '../../src/domain/event.ts';
import { NOTHING_FOUND } from '../../src/domain/metrics/findings.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { seededRandom } from '../../src/selection/seeded-random.ts';

/** What a loop records that runs for months, with crashes, retries and limits; the same for the same seed. For ever. */
export function* historyEvents(seed: string): Generator<RecordedEvent> {
  const history = new History(seed);
  for (let iteration = 1; ; iteration += 1) {
    if (iteration % RUN_LENGTH === 1) {
      yield history.loopStart();
    }
    yield* history.iteration(iteration);
    if (iteration % RUN_LENGTH === 0) {
      yield history.record('loop_end', { reason: 'max', iterations: RUN_LENGTH });
    }
  }
}

const RUN_LENGTH = 500;
const TARGETS = Array.from({ length: 40 }, (_, index) => `resources/item-${index}`);
const SAID =
  'Read the failing test, found that the connection was closed before its last answer was read, and moved the close.';

/** Below which number of 0 to 1 it comes to that. */
const ENDS: readonly {
  readonly below: number;
  readonly outcome: Outcome;
  readonly code: number;
}[] = [
  { below: 0.7, outcome: 'succeeded', code: 0 },
  { below: 0.78, outcome: 'no_change', code: 0 },
  { below: 0.86, outcome: 'failed', code: 1 },
  { below: 0.9, outcome: 'timed_out', code: 124 },
  { below: 0.93, outcome: 'validation_failed', code: 157 },
  { below: 0.96, outcome: 'network_failed', code: 154 },
  { below: 0.98, outcome: 'idle_timed_out', code: 124 },
  { below: 1, outcome: 'usage_limited', code: 142 },
];

class History {
  readonly #random: () => number;
  #at = Date.UTC(2026, 0, 1);
  #seq = 0;
  #run = 0;

  constructor(seed: string) {
    this.#random = seededRandom(seed);
  }

  loopStart(): RecordedEvent {
    this.#run += 1;
    return this.record('loop_start', {
      ...{ agent: 'claude', account: 'a plan, by its login' },
      settings: { interval: 300, timeout: 1800, max: RUN_LENGTH },
    });
  }

  *iteration(iteration: number): Generator<RecordedEvent> {
    const random = this.#random;
    const target = TARGETS[Math.floor(random() ** 2 * TARGETS.length)] ?? null;
    const luck = random();
    const { outcome, code } = ENDS.find(({ below }) => luck < below) ?? {
      outcome: 'failed',
      code: 1,
    };
    const here = { iteration };
    yield this.record('iteration_start', { target, candidates: TARGETS.slice(0, 10) }, here);
    const attempt = luck > 0.93 && luck < 0.96 ? 2 : 1;
    if (attempt === 2) {
      yield this.record('retry', { reason: 'network_failed', delay: 30, attempt: 1 }, here);
    }
    yield this.record('worker_start', { pid: 4242, agent: 'claude', attempt }, here);
    if (random() < 0.01) {
      yield this.record('loop_resume', { from_state: 'running.working', reason: 'crashed' });
      yield this.record('worker_adopt', { pid: 4242, agent: 'claude', attempt }, here);
    }
    const duration = Math.round(20_000 + random() ** 3 * 1_700_000) / 1000;
    this.#at += duration * 1000;
    const ended = { iteration, duration, exit_code: code };
    yield this.record('worker_end', { attempt, outcome, swept: [], usage: usage(outcome) }, ended);
    const validation = outcome === 'validation_failed' ? false : outcome === 'succeeded' || null;
    if (validation !== null) {
      const verdict = { reason: validation ? null : 'exit code 1', tests: null, retried: false };
      yield this.record('validation', { gate: 'tests', passed: validation, ...verdict }, here);
    }
    yield this.record('iteration_end', this.#end({ outcome, target, attempt, validation }), ended);
    yield this.record('summary_generated', { source: 'derived', model: null }, here);
    const until = new Date(this.#at + 300_000).toISOString();
    yield this.record('wait_start', { kind: 'interval', until, reason: null });
    this.#at += 300_000;
    yield this.record('wait_end', { kind: 'interval', how: 'over' });
  }

  record<Name extends EventName>(
    event: Name,
    details: EventDetails[Name],
    facts: Partial<Pick<RecordedEvent, 'iteration' | 'duration' | 'exit_code'>> = {},
  ): RecordedEvent<Name> {
    this.#seq += 1;
    this.#at += Math.round(this.#random() * 400);
    return {
      timestamp: new Date(this.#at).toISOString(),
      event,
      iteration: facts.iteration ?? null,
      task: 'prompt',
      duration: facts.duration ?? null,
      exit_code: facts.exit_code ?? null,
      details,
      seq: this.#seq,
      run_id: `20260101T000000-${this.#run}`,
    };
  }

  #end(facts: {
    readonly outcome: Outcome;
    readonly target: string | null;
    readonly attempt: number;
    readonly validation: boolean | null;
  }): EventDetails['iteration_end'] {
    const random = this.#random;
    const { outcome, target, attempt, validation } = facts;
    return {
      ...{ outcome, target, attempts: attempt, validation, turns: Math.ceil(random() * 60) },
      ...{ cost_usd: Math.round(random() * 900_000) / 1e6, cost_estimated: false },
      tokens: { in: Math.round(random() * 1e5), out: Math.round(random() * 2e4), cached: 900_000 },
      changes: outcome === 'succeeded' ? ['src/a.ts', 'src/b.ts', 'test/a.test.ts'] : [],
      report: outcome === 'succeeded' ? 'success' : null,
      ...NOTHING_FOUND,
      said: SAID.repeat(Math.ceil(random() * 4)),
      drifted: false,
    };
  }
}

function usage(outcome: Outcome): EventDetails['worker_end']['usage'] {
  return {
    ...{ output_bytes: 48_123, model: 'claude-sonnet', reason: `it ended as ${outcome}` },
    ...{ peak_memory_mb: 812, peak_processes: 14, cpu_seconds: 93.2 },
  };
}
