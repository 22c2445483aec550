import type { Notification } from '../../domain/notification/notification.ts';

/** One target, and how it is told. */
export interface Channel {
  /** What may be shown of it. */
  readonly label: string;
  /** One try; never rejects. Once `signal` aborts, it comes to its end at once. */
  readonly send: (notification: Notification, signal: AbortSignal) => Promise<Delivery>;
}

export type Delivery = { readonly sent: true } | Refusal;

export interface Refusal {
  readonly sent: false;
  /** For people; holds no secret of the target. */
  readonly why: string;
  /** Another try would come to the same. */
  readonly isFinal: boolean;
  /** What the receiver asks for; null: nothing. */
  readonly retryAfterMs: number | null;
}

export const SENT: Delivery = { sent: true };

export function notSent(why: string, more: { isFinal: boolean; retryAfterMs?: number }): Refusal {
  return { sent: false, why, isFinal: more.isFinal, retryAfterMs: more.retryAfterMs ?? null };
}
