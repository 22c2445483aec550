import type { RecordedEvent } from '../../src/domain/event.ts';
import { LoopHistory } from '../../src/report/loop-history.ts';
import type { LoopReport } from '../../src/report/report.ts';
import { reportLoop } from '../../src/report/report-loop.ts';

export interface ToldIteration {
  readonly outcome: string;
  readonly target?: string | null;
  readonly cost?: number | null;
  readonly duration?: number;
  readonly reason?: string;
  readonly said?: string;
  readonly prd?: { readonly done: number; readonly total: number };
}

/** Writes the events of a loop, ten minutes from end to end. */
export class ToldEvents {
  readonly events: RecordedEvent[] = [];
  #iteration = 0;
  #epochMs = Date.UTC(2026, 10, 23, 10);

  add(event: string, details: object, duration: number | null = null): this {
    const told: unknown = {
      ...{ timestamp: new Date(this.#epochMs).toISOString(), event, iteration: this.#iteration },
      ...{ task: 'improve', duration, exit_code: null, details },
      ...{ seq: this.events.length + 1, run_id: '20261123T100000-abcdef' },
    };
    this.events.push(told as RecordedEvent);
    return this;
  }

  iteration(told: ToldIteration): this {
    const { outcome, target = 'a', cost = null, duration = 60, reason = 'end_turn' } = told;
    const { said = '', prd } = told;
    this.#iteration += 1;
    this.#epochMs += 600_000;
    const usage = { output_bytes: 1, model: null, reason };
    this.add('worker_end', { attempt: 1, outcome, swept: [], usage }, duration);
    return this.add(
      'iteration_end',
      {
        ...{ outcome, target, attempts: 1, cost_usd: cost, cost_estimated: false, tokens: null },
        ...{ turns: null, changes: null, validation: null, report: null, said, drifted: null },
        measures: prd ? { prd } : {},
      },
      duration,
    );
  }

  iterations(count: number, told: ToldIteration): this {
    Array.from({ length: count }).forEach(() => this.iteration(told));
    return this;
  }

  report(since: string | null = null): LoopReport {
    const history = new LoopHistory();
    this.events.forEach((event) => history.add(event));
    return reportLoop(history, { loop: 'improve', state: 'has stopped', since, offsetMs: 0 });
  }
}
