import type { LoopStatus } from '../../domain/loop-status.ts';
import type { Summary } from '../../domain/summary/summary.ts';

/** Everything that metrics are made of, at one moment. */
export interface MetricsMoment {
  readonly task: string;
  readonly agent: string;
  readonly version: string;
  readonly status: LoopStatus;
  /** null: nothing has been counted. */
  readonly summary: Summary | null;
  readonly tally: Tally;
  readonly runner: RunnerUse;
}

/** What only the events of this runner tell. */
export interface Tally {
  /** Number of the last event; 0: none was seen. */
  readonly seq: number;
  /** Epoch ms; null: none was seen. */
  readonly lastEventAt: number | null;
  /** CPU time of the workers of this runner, seconds; null: none told. */
  readonly workerCpuSeconds: number | null;
  /** Of the last worker that ended; null: not told. */
  readonly workerPeakBytes: number | null;
  readonly lastSuccessAt: number | null;
  readonly load: number | null;
  readonly freeDiskBytes: number | null;
}

export interface RunnerUse {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  /** Epoch ms. */
  readonly startedAt: number;
}
