import type { RecordedEvent } from '../event.ts';
import type { Tokens } from '../tokens.ts';
import type { NotificationKind } from './kind.ts';

/** What is told of a loop: a sentence for people, and the same for machines. docs/notifications.md promises its shape. */
export interface Notification {
  readonly type: 'autoloop.notification';
  readonly version: 1;
  /** The same at each try, and of no other one: who has seen it need not act again. */
  readonly id: string;
  /** ISO-8601 UTC. */
  readonly at: string;
  readonly kind: ToldKind;
  /** `raised` and `cleared` for what lasts. */
  readonly state: 'happened' | 'raised' | 'cleared';
  readonly level: NotificationLevel;
  /** A few words. */
  readonly title: string;
  /** One sentence: what happened, its figures, what to do. */
  readonly text: string;
  readonly loop: string;
  readonly task: string;
  readonly run_id: string | null;
  readonly host: string;
  readonly iteration: number | null;
  /** Why the run ended, what repeated, which anomaly; null: its kind says all. */
  readonly reason: string | null;
  /** Of a run that ended. */
  readonly exit_code: number | null;
  /** Until when the loop waits, ISO-8601 UTC. */
  readonly until: string | null;
  /** Of the run; null: not known. */
  readonly figures: NotificationFigures | null;
  /** What to type next; null: nothing needs to be done. */
  readonly command: string | null;
  readonly held_back: HeldBack;
  /** What was recorded, redacted; null for a test. */
  readonly event: RecordedEvent | null;
}

export type ToldKind = NotificationKind | 'test';
export type NotificationLevel = 'info' | 'warning' | 'error';

export interface NotificationFigures {
  readonly iterations: number;
  readonly succeeded: number;
  readonly failed: number;
  /** From 0 to 1; null: no iteration has ended. */
  readonly success_rate: number | null;
  readonly cost_usd: number | null;
  /** A part of the cost was worked out from a price table. */
  readonly cost_estimated: boolean;
  readonly tokens: Tokens | null;
  /** Time that runners of this run lived, seconds. */
  readonly runtime_seconds: number;
}

/** How many of a kind were not sent since the last one that was. */
export type HeldBack = Readonly<Partial<Record<ToldKind, number>>>;
