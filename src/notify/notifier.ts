import type { EventName, RecordedEvent } from '../domain/event.ts';
import type { NotificationKind } from '../domain/notification/kind.ts';
import type { Channel } from './channels/channel.ts';
import { Happenings } from './happenings/happenings.ts';
import { Lane, type LaneFacts } from './lane.ts';
import { notificationOf } from './notification-of.ts';
import type { NotifierFacts } from './notifier-facts.ts';
import { RateLimit } from './rate-limit.ts';

export interface NotifierMeans {
  readonly channels: readonly Channel[];
  readonly pause: LaneFacts['pause'];
  /** ms that only go up. */
  readonly now: () => number;
}

/** Most events are none of these: they cost nothing. */
const TELLING: ReadonlySet<EventName> = new Set([
  ...(['loop_end', 'error', 'breaker', 'wait_start', 'anomaly'] as const),
]);

/** Hears of each recorded event, and tells the targets what the operator wants to know of. Delays nothing. */
export class Notifier {
  readonly #facts: NotifierFacts;
  readonly #happenings = new Happenings();
  readonly #limit: RateLimit;
  readonly #lanes: readonly Lane[];
  readonly #failed = new Set<Channel>();

  constructor(facts: NotifierFacts, { channels, pause, now }: NotifierMeans) {
    this.#facts = facts;
    this.#limit = new RateLimit(now);
    this.#lanes = channels.map(
      (channel) => new Lane({ channel, pause, failed: (why) => this.#tellFailure(channel, why) }),
    );
  }

  observe(event: RecordedEvent): void {
    if (!TELLING.has(event.event)) {
      return;
    }
    const status = this.#facts.status();
    const happening = this.#happenings.of(event, {
      status,
      agent: this.#facts.plan.settings.agent,
    });
    if (happening === null || !this.#isWanted(happening.kind)) {
      return;
    }
    const held = this.#limit.pass(happening.kind);
    if (held !== null) {
      const told = notificationOf(happening, { event, status, plan: this.#facts.plan });
      this.#lanes.forEach((lane) => lane.push({ ...told, held_back: held }));
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  /** A run that ends at a cap ends. */
  #isWanted(kind: NotificationKind): boolean {
    const { notifyOn } = this.#facts.plan.settings;
    return notifyOn.includes(kind) || (kind === 'cap' && notifyOn.includes('end'));
  }

  /** Once for each target: who does not answer at night does not fill the events. */
  #tellFailure(channel: Channel, why: string): void {
    if (this.#failed.has(channel)) {
      return;
    }
    this.#failed.add(channel);
    try {
      const message = `A notification could not be sent to ${channel.label}: ${why}. What fails there from now on is not told. Try it: autoloop notify --test`;
      this.#facts.warn('notify_failed', message);
    } catch {
      // Where nothing can be recorded, the loop tells so itself.
    }
  }
}
