import type { InspectionEvent, Subscription } from 'xstate';
import type { RecordedEvent } from '../domain/event.ts';
import type {
  InspectionBatch,
  MachineEvent,
  MachineNews,
  MachineView,
} from '../domain/inspection.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { Viewer } from './viewer.ts';
import { keptEvent } from './journal/kept-event.ts';
import {
  actorView,
  isMachine,
  livingActors,
  machineView,
  type SeenSnapshot,
} from './machine-view.ts';
import type { LoopActor } from './persistence.ts';
import { transitionId } from '../../machines/transition-id.ts';

export interface PublisherFacts {
  readonly actor: LoopActor;
  readonly definitionHash: string;
  readonly status: () => LoopStatus;
  /** Epoch ms. */
  readonly now: () => number;
  readonly redactValue: <T>(value: T) => T;
}

interface Happened {
  readonly news: readonly (() => MachineNews)[];
  readonly events: readonly RecordedEvent[];
}

/** More than twenty times a second nobody sees. */
const FLUSH_MS = 50;
/** A viewer that has missed something is told anew how things are, even if nothing more happens. */
const CATCH_UP_MS = 500;
/** Of each kind, in one batch: the last ones. A thousand steps a second cost no more than these. */
const MOST_NEWS = 60;

/**
 * Tells viewers what the machine and its actors do, as long as there are any: it listens to XState's inspection, notes
 * references alone, and makes one text of them for all viewers, later and never more often than can be seen. Whatever
 * goes wrong in it, nothing of it reaches the machine.
 */
export class MachinePublisher {
  readonly #facts: PublisherFacts;
  readonly #viewers = new Map<Viewer, { lost: number }>();
  readonly #listening: Subscription;
  #news: (() => MachineNews)[] = [];
  #events: RecordedEvent[] = [];
  #taken: string[] = [];
  #lost = 0;
  #timer: NodeJS.Timeout | null = null;
  #reminder: NodeJS.Timeout | null = null;

  constructor(facts: PublisherFacts) {
    this.#facts = facts;
    this.#listening = facts.actor.system.inspect((event) => this.#hear(event));
  }

  /** It is told at once how things are; what came about before is news only to the others. */
  add(viewer: Viewer): void {
    if (this.#viewers.size > 0) {
      this.#flush();
    }
    this.#viewers.set(viewer, { lost: 0 });
    this.#tell([viewer], { news: [], events: [] });
  }

  /** Whether any is left. */
  remove(viewer: Viewer): boolean {
    this.#viewers.delete(viewer);
    return this.#viewers.size > 0;
  }

  observe(event: RecordedEvent): void {
    this.#events.push(event);
    this.#lost += bound(this.#events);
    this.touch();
  }

  /** Something of the loop's status has changed. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, FLUSH_MS).unref();
  }

  close(): void {
    this.#listening.unsubscribe();
    this.#flush();
    this.#viewers.clear();
    clearTimeout(this.#timer ?? undefined);
    clearTimeout(this.#reminder ?? undefined);
  }

  /** XState calls it in the middle of a step: an exception would end the machine. */
  #hear(event: InspectionEvent): void {
    try {
      const news = this.#newsOf(event);
      if (news !== null) {
        this.#news.push(news);
        this.#lost += bound(this.#news);
        this.touch();
      }
    } catch {
      this.#lost += 1;
    }
  }

  /** What is told of it is made only when it is told: most of a flood never is. */
  #newsOf(inspected: InspectionEvent): (() => MachineNews) | null {
    const at = this.#facts.now();
    switch (inspected.type) {
      case '@xstate.actor': {
        const actor = actorView(inspected.actorRef);
        return actor && (() => ({ type: 'actor', at, actor }));
      }
      case '@xstate.event': {
        const { sourceRef, actorRef, event } = inspected;
        const ends = { source: sourceRef?.sessionId ?? null, target: actorRef.sessionId };
        return () => ({ type: 'event', at, ...ends, event: this.#told(event) });
      }
      case '@xstate.microstep': {
        if (inspected.actorRef === this.#facts.actor) {
          this.#taken.push(...inspected._transitions.map(transitionId));
        }
        return null;
      }
      case '@xstate.snapshot':
        return this.#snapshotNews(inspected, at);
      default:
        return null;
    }
  }

  #snapshotNews(
    { actorRef, event, snapshot }: Extract<InspectionEvent, { type: '@xstate.snapshot' }>,
    at: number,
  ): () => MachineNews {
    if (actorRef !== this.#facts.actor || !isMachine(snapshot)) {
      const { status } = snapshot;
      const actor = actorRef.sessionId;
      return () => ({ type: 'snapshot', at, actor, event: this.#told(event), status });
    }
    const taken = this.#taken;
    this.#taken = [];
    return () => ({
      ...{ type: 'step', at, taken },
      event: this.#told(event),
      machine: this.#machine(snapshot),
    });
  }

  #told(event: MachineEvent): MachineEvent {
    return this.#facts.redactValue(keptEvent(event));
  }

  #machine(snapshot: SeenSnapshot): MachineView {
    return this.#facts.redactValue(machineView(snapshot));
  }

  /** Beside what is told anyway: who is behind holds up nobody else. */
  #remind(): void {
    this.#reminder ??= setTimeout(() => {
      this.#reminder = null;
      this.touch();
    }, CATCH_UP_MS).unref();
  }

  #flush(): void {
    const [news, events, lost] = [this.#news, this.#events, this.#lost];
    [this.#news, this.#events, this.#lost] = [[], [], 0];
    this.#viewers.forEach((behind) => {
      behind.lost += lost;
    });
    this.#tell([...this.#viewers.keys()], { news, events });
  }

  #tell(viewers: readonly Viewer[], happened: Happened): void {
    const rest = viewers.length === 0 ? null : this.#batchText(happened);
    const count = happened.news.length + happened.events.length;
    let isAnyBehind = false;
    for (const viewer of viewers) {
      const behind = this.#viewers.get(viewer);
      if (behind && rest !== null) {
        const isTold = viewer.tell(`{"kind":"inspection","lost":${behind.lost},${rest}\n`);
        behind.lost = isTold ? 0 : behind.lost + count;
        isAnyBehind ||= !isTold;
      }
    }
    if (isAnyBehind) {
      this.#remind();
    }
  }

  /** All but how much a viewer has lost, which differs; null: it could not be put into words. */
  #batchText(happened: Happened): string | null {
    const { actor, definitionHash, status } = this.#facts;
    try {
      const batch: Omit<InspectionBatch, 'kind' | 'lost'> = {
        definitionHash,
        status: this.#facts.redactValue(status()),
        machine: this.#machine(actor.getSnapshot()),
        actors: livingActors(actor),
        news: happened.news.map((make) => make()),
        events: happened.events,
      };
      return JSON.stringify(batch).slice(1);
    } catch {
      return null;
    }
  }
}

export function createPublisher(facts: PublisherFacts): MachinePublisher {
  return new MachinePublisher(facts);
}

/** Drops the oldest; how many. */
function bound(list: unknown[]): number {
  return list.length > MOST_NEWS ? list.splice(0, list.length - MOST_NEWS).length : 0;
}
