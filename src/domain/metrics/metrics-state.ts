import { NO_LIFE, type Life } from './life.ts';
import type { GatesMemory } from './gates-memory.ts';
import type { RaisedAnomalies } from './anomalies/notice.ts';
import { EMPTY_SKETCH, type Sketch } from './sketch.ts';
import type { Window } from './window.ts';

/** What metrics must remember of the events before; bounded, whatever their number. */
export interface MetricsState {
  /** Number of the last event that was counted: none is counted twice. */
  readonly lastSeq: number;
  readonly open: OpenFacts | null;
  readonly life: Life;
  readonly window: Window;
  readonly durations: Sketch;
  readonly gates: GatesMemory;
  readonly regressions: number;
  readonly errors: number;
  /** How often the same error has come in a row, and which; 0: the last iteration succeeded. */
  readonly sameError: { readonly fingerprint: string; readonly count: number };
  /** How often the same target was worked on in a row without success. */
  readonly stuck: { readonly target: string | null; readonly count: number };
  readonly usage: Usage;
  readonly anomalies: RaisedAnomalies;
}

/** What work takes, weighted towards the last iterations. */
export interface Usage {
  /** Of one CPU. */
  readonly cpuPercent: number | null;
  readonly memoryMb: number | null;
  /** As the last iteration told it. */
  readonly logSizeMb: number | null;
  readonly diskUsedPercent: number | null;
}

/** What events have told of the iteration that has not ended yet. */
export interface OpenFacts {
  readonly iteration: number;
  readonly startedAt: string;
  /** Why its last attempt ended so, or why none was started. */
  readonly reason: string | null;
  readonly worked: boolean;
  readonly takenBack: boolean;
  readonly cpuSeconds: number | null;
  /** Seconds that its attempts took. */
  readonly workerSeconds: number;
  readonly peakMemoryMb: number | null;
}

export const NO_METRICS: MetricsState = {
  ...{ lastSeq: 0, open: null, life: NO_LIFE, window: [], durations: EMPTY_SKETCH },
  ...{ gates: {}, regressions: 0, errors: 0 },
  sameError: { fingerprint: '', count: 0 },
  stuck: { target: null, count: 0 },
  usage: {
    ...{ cpuPercent: null, memoryMb: null },
    ...{ logSizeMb: null, diskUsedPercent: null },
  },
  anomalies: {},
};
