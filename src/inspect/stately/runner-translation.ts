import type {
  ActorView,
  InspectionBatch,
  MachineEvent,
  MachineNews,
  MachineView,
} from '../../domain/inspection.ts';
import type { ActorStatus, StatelyActor, StatelyMessage, StatelySnapshot } from './protocol.ts';
import { machineState, parseActorStatus, statelyState } from './stately-state.ts';
import type { StatelySession } from './stately-session.ts';

export interface TranslatedRunner {
  readonly session: StatelySession;
  /** Of its machine; null: it is not known. */
  readonly definition: string | null;
  /** Epoch ms. */
  readonly now: () => number;
}

interface ToldActor extends ActorView {
  readonly status: ActorStatus;
}

/** What one runner tells, in messages of the protocol; begins with the loop as the first batch tells it. */
export class RunnerTranslation {
  readonly #runner: TranslatedRunner;
  readonly #actors = new Map<string, ToldActor>();
  #machine: MachineView;

  constructor(runner: TranslatedRunner, first: InspectionBatch) {
    this.#runner = runner;
    this.#machine = first.machine;
    first.actors.forEach((actor) => this.#note(actor, 'active'));
  }

  /** What is new to who was told everything before. */
  translate({ news, actors, machine, lost }: InspectionBatch): StatelyMessage[] {
    const told = news.flatMap((item) => this.#tell(item) ?? []);
    const event = { type: 'autoloop.skipped', news: lost };
    return [
      ...told,
      ...this.#forget(new Set(actors.map(({ id }) => id))),
      ...this.#meet(actors),
      ...(isSame(machine, this.#machine) ? [] : [this.#step(machine, event, this.#now())]),
    ];
  }

  /** The living actors with their states, the root first, for who was told nothing yet. */
  now(): StatelyMessage[] {
    return this.#living().map((actor) => this.#introduce(actor, this.#now()));
  }

  /** The runner has gone: no actor of it lives any more. */
  end(): StatelyMessage[] {
    return this.#living()
      .toReversed()
      .map((actor) => this.#stop(actor));
  }

  /** null: a newer runner tells of what is not known here. */
  #tell(news: MachineNews): StatelyMessage | null {
    switch (news.type) {
      case 'actor':
        this.#note(news.actor, 'active');
        return this.#introduce(news.actor, news.at);
      case 'event':
        this.#noteEnd(news);
        return this.#runner.session.event(news);
      case 'step':
        return this.#step(news.machine, news.event, news.at);
      case 'snapshot':
        return this.#change(news);
      default:
        return null;
    }
  }

  /** XState tells a parent that its child is done before it shows the child's last state. */
  #noteEnd({ source, event }: Extract<MachineNews, { type: 'event' }>): void {
    const [, how] = /^xstate\.(done|error)\.actor\./.exec(event.type) ?? [];
    const actor = how === undefined ? undefined : this.#actors.get(source ?? '');
    if (how !== undefined && actor) {
      this.#note(actor, parseActorStatus(how));
    }
  }

  #change({ actor, status, event, at }: Extract<MachineNews, { type: 'snapshot' }>) {
    const known = this.#actors.get(actor);
    const state = statelyState(parseActorStatus(status));
    if (known) {
      this.#note(known, state.status);
    }
    return this.#runner.session.snapshot({ actor, state, event, at });
  }

  /** Ended, and what told so was left out. */
  #forget(living: ReadonlySet<string>): StatelySnapshot[] {
    const gone = [...this.#actors.values()].filter(({ id }) => !living.has(id));
    const messages = gone
      .filter(({ status }) => status === 'active')
      .map((actor) => this.#stop(actor));
    gone.forEach(({ id }) => this.#actors.delete(id));
    return messages;
  }

  /** Begun, and what told so was left out. */
  #meet(actors: readonly ActorView[]): StatelyActor[] {
    const strangers = actors.filter(({ id }) => !this.#actors.has(id));
    strangers.forEach((actor) => this.#note(actor, 'active'));
    return strangers.map((actor) => this.#introduce(actor, this.#now()));
  }

  #step(machine: MachineView, event: MachineEvent, at: number): StatelySnapshot {
    this.#machine = machine;
    const root = this.#root();
    if (root) {
      this.#note(root, parseActorStatus(machine.status));
    }
    return this.#runner.session.snapshot({
      ...{ actor: root?.id ?? '', event, at },
      state: this.#stateOf(root),
    });
  }

  #stop(actor: ToldActor): StatelySnapshot {
    this.#note(actor, 'stopped');
    return this.#runner.session.snapshot({
      actor: actor.id,
      state: { ...this.#stateOf(actor), status: 'stopped' },
      ...{ event: { type: 'xstate.stop' }, at: this.#now() },
    });
  }

  #introduce(actor: ActorView, at: number): StatelyActor {
    const definition = actor.parent === null ? this.#runner.definition : null;
    return this.#runner.session.actor(actor, { state: this.#stateOf(actor), definition, at });
  }

  #stateOf(actor: ActorView | undefined) {
    return actor?.parent === null
      ? machineState(this.#machine, this.#childrenOf(actor))
      : statelyState('active');
  }

  #childrenOf(root: ActorView): Record<string, { id: string }> {
    const children = this.#living().filter(({ parent }) => parent === root.id);
    return Object.fromEntries(children.map(({ name }) => [name, { id: name }]));
  }

  #living(): ToldActor[] {
    return [...this.#actors.values()].filter(({ status }) => status === 'active');
  }

  #root(): ToldActor | undefined {
    return [...this.#actors.values()].find(({ parent }) => parent === null);
  }

  #note(actor: ActorView, status: ActorStatus): void {
    this.#actors.set(actor.id, { ...actor, status });
  }

  #now(): number {
    return this.#runner.now();
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
