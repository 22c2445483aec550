import type { BreakerCause, BreakerState } from './breaker.ts';
import type { Gate } from './loop-work.ts';
import type { Notice } from './metrics/anomalies/notice.ts';
import type { Findings } from './metrics/findings.ts';
import type { Outcome } from './outcome.ts';
import type { Rotation } from './rotation.ts';
import type { Tokens } from './tokens.ts';
import type { TestCounts } from './validation.ts';

/** What each kind of event tells; contract.md section 5. */
export interface EventDetails {
  loop_start: {
    agent: string;
    account: string | null;
    settings: Readonly<Record<string, unknown>>;
  };
  loop_resume: { from_state: string; reason: ResumeReason };
  loop_end: { reason: string; iterations: number };
  iteration_start: { target: string | null; candidates: readonly string[] };
  iteration_end: {
    outcome: Outcome;
    target: string | null;
    attempts: number;
    cost_usd: number | null;
    /** The cost was worked out from tokens and `--price-table`. */
    cost_estimated: boolean;
    tokens: Tokens | null;
    turns: number | null;
    changes: readonly string[] | null;
    validation: boolean | null;
    report: string | null;
  } & Findings;
  iteration_skip: { reason: string };
  worker_start: { pid: number | null; agent: string; attempt: number };
  worker_adopt: { pid: number | null; agent: string; attempt: number };
  worker_end: {
    attempt: number;
    outcome: Outcome;
    /** Names of the processes that the agent left behind. */
    swept: readonly string[];
    usage: {
      output_bytes: number;
      model: string | null;
      reason: string;
      peak_memory_mb: number | null;
      peak_processes: number | null;
      cpu_seconds: number | null;
    };
  };
  retry: { reason: Outcome; delay: number; attempt: number };
  wait_start: { kind: WaitKind; until: string | null; reason: string | null };
  wait_end: { kind: WaitKind; how: WaitEnd };
  signal: { name: string };
  control: { command: string };
  gate: Gate;
  validation: {
    gate: string;
    passed: boolean;
    /** Why not. */
    reason: string | null;
    tests: TestCounts | null;
    /** It did not pass the first time. */
    retried: boolean;
  };
  /** Work was accepted: its commit. */
  checkpoint: { commit: string };
  /** Work was taken back: where it is kept. */
  rollback: { ref: string };
  breaker: {
    state: BreakerState;
    /** What repeated; null where it closes. */
    cause: BreakerCause | null;
    /** Seconds. */
    cooldown: number | null;
    until: string | null;
    /** What repeated, the last errors and what to do, for people. */
    diagnosis: string | null;
  };
  rotate: Rotation;
  /** What the next prompt gets was written. `model`: who put it into words; null: nobody was asked. */
  summary_generated: { source: SummarySource; model: string | null };
  anomaly: Notice;
  /** Of a target that is left out: which, why, and until when (null: for ever). */
  warning: {
    code: string;
    message: string;
    target?: string;
    reason?: string;
    until?: string | null;
  };
  error: { code: number; message: string; fix: string | null; fatal: boolean };
}

export type SummarySource = 'derived' | 'ollama' | 'agent';
export type EventName = keyof EventDetails;
export type WaitKind = 'interval' | 'backoff' | 'usage_limit' | 'gate' | 'pause';
/** `changed`: another prompt, task or setting closed the breaker. */
export type WaitEnd = 'over' | 'skipped' | 'stopped' | 'paused' | 'resumed' | 'capped' | 'changed';
/** `crashed`: its runner died; `hangup`: it left on purpose; `upgraded`: another definition of the machine. */
export type ResumeReason = 'crashed' | 'hangup' | 'once' | 'upgraded';

/** An event before it has its time, number and names: what a machine emits. */
export type EventDraft = {
  [Name in EventName]: {
    readonly type: Name;
    readonly iteration: number | null;
    /** Seconds. */
    readonly duration: number | null;
    readonly exitCode: number | null;
    readonly details: EventDetails[Name];
  };
}[EventName];

/** A line of `events.ndjson`. */
export interface RecordedEvent<Name extends EventName = EventName> {
  readonly timestamp: string;
  readonly event: Name;
  readonly iteration: number | null;
  readonly task: string;
  readonly duration: number | null;
  readonly exit_code: number | null;
  readonly details: EventDetails[Name];
  /** Counts from 1 without gaps, over restarts and rotations. */
  readonly seq: number;
  readonly run_id: string;
}
