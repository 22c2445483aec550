import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialContext, type LoopContext } from '../../machines/loop/context.ts';
import { DEFAULT_POLICY } from '../../machines/loop/default-policy.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { dataPaths, type DataPaths } from '../../src/stores/data-paths.ts';

/** The data folder of the loop `prompt` in a project, as a runner would have left it. */
export class DataFolder {
  readonly paths: DataPaths;
  #seq = 0;

  constructor(project: string) {
    this.paths = dataPaths(join(project, 'data', 'prompt'));
    mkdirSync(this.paths.iterations, { recursive: true });
  }

  event(
    name: string,
    facts: Partial<Omit<RecordedEvent, 'details'>> & { details?: object } = {},
  ): string {
    this.#seq += 1;
    return JSON.stringify({
      timestamp: new Date(Date.UTC(2026, 10, 23, 10, 0, this.#seq)).toISOString(),
      event: name,
      ...{ iteration: null, task: 'prompt', duration: null, exit_code: null, details: {} },
      ...{ seq: this.#seq, run_id: '20261123T100000-abcdef' },
      ...facts,
    });
  }

  /** The lines of one iteration from its start to its end. */
  iteration(
    number: number,
    end: {
      outcome: string;
      exitCode?: number;
      duration?: number;
      timestamp?: string;
      validation?: boolean | null;
    },
  ): string[] {
    const { outcome, exitCode = 0, duration = 2, validation = null } = end;
    const at = end.timestamp === undefined ? {} : { timestamp: end.timestamp };
    const worker = {
      attempt: 1,
      outcome,
      swept: [],
      usage: { output_bytes: 3, model: null, reason: `because ${outcome}` },
    };
    const details = {
      ...{
        outcome,
        target: `item-${number}`,
        attempts: 1,
        cost_usd: 0.25,
        turns: 3,
        changes: ['a.ts'],
      },
      ...{ tokens: { in: 10, out: 5, cached: 0 }, validation, report: 'success' },
    };
    return [
      this.event('iteration_start', {
        ...at,
        iteration: number,
        details: { target: `item-${number}`, candidates: [] },
      }),
      this.event('worker_start', {
        ...at,
        iteration: number,
        details: { pid: 1, agent: 'command', attempt: 1 },
      }),
      this.event('worker_end', {
        ...at,
        iteration: number,
        duration,
        exit_code: exitCode,
        details: worker,
      }),
      this.event('iteration_end', {
        ...at,
        iteration: number,
        duration,
        exit_code: exitCode,
        details,
      }),
    ];
  }

  write(path: string, lines: readonly string[]): void {
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  }

  snapshot(value: unknown, context: Partial<LoopContext> = {}, envelope: object = {}): void {
    const policy = { ...DEFAULT_POLICY, maxIterations: 5, maxFailures: 5, maxRetries: 3 };
    const whole = {
      ...initialContext({ runId: '20261123T100000-abcdef', lastIteration: 0, policy }),
      ...context,
    };
    const status = value === 'stopped' ? 'done' : 'active';
    const data = {
      ...{
        format: 1,
        machine: 'loop',
        version: 1,
        definitionHash: 'x',
        savedAt: '2026-11-23T10:00:00.000Z',
      },
      snapshot: { status, value, context: whole, children: {} },
      ...{ seq: 0, outbox: [] },
      ...envelope,
    };
    writeFileSync(this.paths.snapshot, `${JSON.stringify(data)}\n`);
  }
}
