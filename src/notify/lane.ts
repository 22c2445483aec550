import { addHeldBack, withHeldBack } from '../domain/notification/hold-back.ts';
import type { HeldBack, Notification } from '../domain/notification/notification.ts';
import { notSent, type Channel, type Delivery, type Refusal } from './channels/channel.ts';
import { backoffMs, hurriedMs, LONGEST_WAIT_MS, MOST_TRIES } from './retries.ts';

export interface LaneFacts {
  readonly channel: Channel;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A notification was given up. */
  readonly failed: (why: string) => void;
}

const MOST_WAITING = 20;
/** Of the three seconds that a runner leaves. */
const CLOSE_MS = 2_500;
/** Of these, for one that is on its way while the last one waits behind it. */
const CUT_MS = 800;

/** The way to one target: one notification after the other, so that a slow receiver holds up nobody else. */
export class Lane {
  readonly #facts: LaneFacts;
  readonly #hurry = new AbortController();
  readonly #cut = new AbortController();
  readonly #end = new AbortController();
  readonly #waiting: Notification[] = [];
  #unsent: HeldBack = {};
  #work: Promise<void> | null = null;

  constructor(facts: LaneFacts) {
    this.#facts = facts;
  }

  /** Where too many wait, the oldest is left out and counted in the next. */
  push(notification: Notification): void {
    this.#waiting.push(notification);
    if (this.#waiting.length > MOST_WAITING) {
      this.#leaveOut(this.#waiting.shift());
    }
    this.#work ??= this.#deliverAll();
  }

  /** Leaves time for the last one; what waits before it is counted there. */
  async close(): Promise<void> {
    this.#waiting.splice(0, this.#waiting.length - 1).forEach((older) => this.#leaveOut(older));
    this.#hurry.abort();
    const isOneBehind = this.#waiting.length > 0;
    const cut = isOneBehind ? setTimeout(() => this.#cut.abort(), CUT_MS) : undefined;
    const end = setTimeout(() => this.#end.abort(), CLOSE_MS);
    await this.#work;
    clearTimeout(cut);
    clearTimeout(end);
  }

  async #deliverAll(): Promise<void> {
    // The caller is the loop: it goes on first.
    await Promise.resolve();
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const held = addHeldBack(next.held_back, this.#unsent);
      this.#unsent = {};
      const delivery = await this.#deliver(withHeldBack(next, held));
      if (!delivery.sent) {
        this.#leaveOut({ ...next, held_back: held });
        this.#facts.failed(delivery.why);
      }
    }
    this.#work = null;
  }

  async #deliver(notification: Notification): Promise<Delivery> {
    const isLast = this.#hurry.signal.aborted && this.#waiting.length === 0;
    const end = this.#end.signal;
    const signal = isLast ? end : AbortSignal.any([end, this.#cut.signal]);
    let refusal: Refusal | null = null;
    for (let tries = 1; ; tries += 1) {
      const delivery = await this.#try(notification, signal);
      if (delivery.sent) {
        return delivery;
      }
      // That there was no more time says less than what came of it before.
      refusal = signal.aborted ? (refusal ?? delivery) : delivery;
      if (signal.aborted || !this.#mayTryAgain(refusal, tries)) {
        return refusal;
      }
      await this.#pause(refusal, tries);
    }
  }

  /** A bug in a channel is no reason to end a loop. */
  async #try(notification: Notification, signal: AbortSignal): Promise<Delivery> {
    try {
      return await this.#facts.channel.send(notification, signal);
    } catch (error) {
      const kind = error instanceof Error ? error.name : typeof error;
      return notSent(`telling it has failed (${kind})`, { isFinal: true });
    }
  }

  #mayTryAgain({ isFinal, retryAfterMs }: Refusal, tries: number): boolean {
    const isLastChance = this.#hurry.signal.aborted && this.#waiting.length > 0;
    const isTooLong = (retryAfterMs ?? 0) > LONGEST_WAIT_MS;
    return !isFinal && !isLastChance && !isTooLong && tries < MOST_TRIES;
  }

  async #pause({ retryAfterMs }: Refusal, tries: number): Promise<void> {
    if (this.#hurry.signal.aborted) {
      await this.#facts.pause(hurriedMs(tries), this.#end.signal);
    } else {
      const ms = retryAfterMs ?? backoffMs(tries, Math.random);
      await this.#facts.pause(ms, this.#hurry.signal);
    }
  }

  #leaveOut(notification: Notification | undefined): void {
    if (notification) {
      const { kind, held_back: held } = notification;
      this.#unsent = addHeldBack(this.#unsent, addHeldBack(held, { [kind]: 1 }));
    }
  }
}
