/** What figures tell an operator: that something is going wrong, or so well that more could be asked. */
export interface Notice {
  readonly kind: AnomalyKind;
  readonly level: 'warning' | 'opportunity';
  readonly state: 'raised' | 'cleared';
  /** What was measured, in the unit of its kind; docs/metrics.md. */
  readonly value: number;
  /** What it was held against. */
  readonly limit: number;
  readonly message: string;
  /** What to do about it; empty where it has cleared. */
  readonly advice: string;
}

export type AnomalyKind =
  | 'success_drop'
  | 'duration_rising'
  | 'same_error'
  | 'target_stuck'
  | 'validation_failing'
  | 'cost_rising'
  | 'timeouts'
  | 'memory_growth'
  | 'disk_filling'
  | 'log_growing'
  | 'shorten_interval'
  | 'widen_scope'
  | 'add_workers'
  | 'graduate';

/** An anomaly that holds. */
export interface Anomaly extends Omit<Notice, 'state'> {
  /** ISO-8601 UTC. */
  readonly since: string;
}

/** What is remembered of each kind; a notice that was not told yet is told once, whatever crashes in between. */
export type RaisedAnomalies = Readonly<Partial<Record<AnomalyKind, RaisedAnomaly>>>;

export interface RaisedAnomaly {
  /** null: it has cleared, and only its notice is left to tell. */
  readonly holds: Anomaly | null;
  /** null: it was told. */
  readonly untold: Notice | null;
}
