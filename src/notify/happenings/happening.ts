import type { NotificationKind } from '../../domain/notification/kind.ts';
import type { Notification } from '../../domain/notification/notification.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';

/** What an operator may want to hear of, before it is put into words for him. */
export interface Happening {
  readonly kind: NotificationKind;
  readonly state: Notification['state'];
  readonly level: Notification['level'];
  /** A word or two: `ended`, `breaker open`. */
  readonly title: string;
  /** Goes on from `Loop "demo" on HOST `; no full stop. */
  readonly what: string;
  readonly reason: string | null;
  /** ISO-8601 UTC. */
  readonly until: string | null;
  /** Why to type the command; null: nothing needs to be done. */
  readonly next: Next | null;
}

export interface Next {
  readonly why: string;
  /** Without `autoloop` and the flags that name the loop: `show 7`. */
  readonly command: string;
}

/** What the loop was like when it happened. */
export interface Circumstances {
  readonly status: LoopStatus;
  readonly agent: string;
}
