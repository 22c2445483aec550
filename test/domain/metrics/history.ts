import type { EventDetails, EventName, RecordedEvent } from '../../../src/domain/event.ts';
import { NOTHING_FOUND, type Findings } from '../../../src/domain/metrics/findings.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';

/** One iteration of a history made for a test; durations in seconds. */
export interface Told {
  readonly outcome?: Outcome;
  readonly target?: string | null;
  readonly duration?: number;
  readonly cost?: number | null;
  readonly changes?: readonly string[] | null;
  readonly validation?: boolean | null;
  readonly reason?: string;
  readonly cpu?: number | null;
  readonly memory?: number | null;
  readonly takenBack?: boolean;
  readonly findings?: Partial<Findings>;
  readonly resources?: Partial<Findings['resources']>;
}

/** Writes events as a runner does: numbers without gaps, a clock of its own. */
export class History {
  readonly events: RecordedEvent[] = [];
  nowMs = Date.parse('2026-03-29T00:30:00.000Z');
  iteration = 0;

  record<Name extends EventName>(
    event: Name,
    details: EventDetails[Name],
    frame: Partial<Pick<RecordedEvent, 'iteration' | 'duration'>> = {},
  ): this {
    this.events.push({
      ...{ timestamp: new Date(this.nowMs).toISOString(), event, task: 'mine', details },
      ...{ iteration: null, duration: null, exit_code: null, ...frame },
      ...{ seq: this.events.length + 1, run_id: 'r1' },
    });
    return this;
  }

  start(): this {
    return this.record('loop_start', { agent: 'command', account: null, settings: {} });
  }

  resume(): this {
    return this.record('loop_resume', { from_state: 'running.working', reason: 'crashed' });
  }

  wait(seconds: number): this {
    this.nowMs += seconds * 1000;
    return this;
  }

  begin(target: string | null = null): this {
    this.iteration += 1;
    const { iteration } = this;
    return this.record('iteration_start', { target, candidates: [] }, { iteration });
  }

  iterate(told: Told = {}): this {
    const { target = null, duration = 60 } = told;
    return this.begin(target).wait(duration).end(told);
  }

  end(told: Told = {}): this {
    const { outcome = 'succeeded', target = null, duration = 60, cost = null } = told;
    const { iteration } = this;
    this.record(
      'worker_end',
      {
        ...{ attempt: 1, outcome, swept: [] },
        usage: {
          ...{ output_bytes: 0, model: null, reason: told.reason ?? '', peak_processes: null },
          ...{ peak_memory_mb: told.memory ?? null, cpu_seconds: told.cpu ?? null },
        },
      },
      { iteration, duration },
    );
    if (told.takenBack) {
      this.record('rollback', { ref: 'refs/autoloop/discarded/1' }, { iteration });
    }
    return this.record(
      'iteration_end',
      {
        ...{ outcome, target, attempts: 1, cost_usd: cost, cost_estimated: false, tokens: null },
        ...{ turns: null, changes: told.changes ?? null, validation: told.validation ?? null },
        ...{ report: null, ...NOTHING_FOUND, ...told.findings },
        resources: { ...NOTHING_FOUND.resources, ...told.resources },
      },
      { iteration, duration },
    );
  }
}

export function times(count: number, tell: (history: History) => void): (history: History) => void {
  return (history) => {
    for (let index = 0; index < count; index += 1) {
      tell(history);
    }
  };
}
