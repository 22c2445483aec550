import type { Measures } from '../progress/measures.ts';

/** What is known of an iteration only once it is over, beside how it ended. Part of `iteration_end`: metrics are made of it. */
export interface Findings {
  /** What the agent said it did, bounded; empty: nothing. */
  readonly said: string;
  /** What its agent wants the next prompt to be told, where it was asked (`--summary-by agent`); null: nothing. */
  readonly summary: string | null;
  /** What the task says of its progress. */
  readonly measures: Omit<Measures, 'ownPaths'>;
  /** Whether its work left its target; null: it cannot be told. */
  readonly drifted: boolean | null;
  readonly resources: Resources;
}

/** What the machine and the runner looked like when it ended; null: the system does not tell. */
export interface Resources {
  /** CPU time that the runner has used since its start, seconds. */
  readonly runner_cpu_seconds: number | null;
  /** Resident memory of the runner, MB of 1024 × 1024 bytes. */
  readonly runner_memory_mb: number | null;
  /** Load average of the machine over the last minute. */
  readonly load: number | null;
  readonly free_disk_mb: number | null;
  /** Used part of the disk that holds the loop's data, 0 to 100. */
  readonly disk_used_percent: number | null;
  /** `loop.log` and `events.ndjson` with their generations, MB of 1,000,000 bytes. */
  readonly log_size_mb: number | null;
}

export const NOTHING_FOUND: Findings = {
  said: '',
  summary: null,
  measures: {},
  drifted: null,
  resources: {
    runner_cpu_seconds: null,
    runner_memory_mb: null,
    load: null,
    free_disk_mb: null,
    disk_used_percent: null,
    log_size_mb: null,
  },
};
