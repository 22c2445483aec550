import {
  createActor,
  fromCallback,
  fromPromise,
  type AnyTransitionDefinition,
  type EventObject,
} from 'xstate';
import { attemptMachine } from '../../machines/attempt.machine.ts';
import type { Deadline } from '../../machines/attempt/events.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { limits, type ChildEvent, type ModelEvent } from './attempt-model.ts';

type Say = (event: ModelEvent) => void;

/** The real actor with children that do what the test says, and two clocks: the wall's and the monotonic one. */
export class PlayedAttempt {
  readonly wall = new ManualClock(0);
  readonly monotonic = new ManualClock(0);
  /** What was done to the tree, in order. */
  readonly acts: string[] = [];
  readonly taken = new Set<AnyTransitionDefinition>();
  readonly actor;
  readonly #promises = new Map<string, PromiseWithResolvers<never>>();
  #agentSays: Say = () => {};

  constructor() {
    this.actor = createActor(this.#machine(), {
      input: limits,
      inspect: (event) => {
        if (event.type === '@xstate.microstep') {
          event._transitions.forEach((transition) => this.taken.add(transition));
        }
      },
    });
    this.actor.subscribe({ error: () => {} });
    this.actor.start();
  }

  async play(...events: readonly ModelEvent[]): Promise<void> {
    for (const event of events) {
      this.#play(event);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  #play(event: ModelEvent): void {
    if (event.type === 'deadline.total') {
      this.wall.advance(limits.deadlineEpochMs);
    } else if (event.type.startsWith('deadline.')) {
      this.monotonic.advance(this.#untilNextMs());
    } else if (!('actorId' in event)) {
      this.#agentSays(event);
    } else if (!this.#settle(event)) {
      this.actor.send(event as never);
    }
  }

  /** At most one deadline is awaited on this clock in any state. */
  #untilNextMs(): number {
    const [next, ...others] = this.monotonic.pending();
    if (next === undefined || others.length > 0) {
      throw new Error(`${this.monotonic.pending().length} deadlines are awaited.`);
    }
    return next - this.monotonic.now();
  }

  #settle(event: ChildEvent): boolean {
    const promise = this.#promises.get(event.actorId);
    if (event.type.startsWith('xstate.done')) {
      promise?.resolve(event.output as never);
    } else {
      promise?.reject(event.error);
    }
    return promise !== undefined;
  }

  #machine() {
    const promised = (id: string) => {
      const promise = Promise.withResolvers<never>();
      this.#promises.set(id, promise);
      return promise.promise;
    };
    return attemptMachine.provide({
      actors: {
        runAgent: fromCallback(({ sendBack }) => {
          this.#agentSays = sendBack;
        }),
        awaitDeadline: fromCallback<EventObject, Deadline>(({ input, sendBack }) =>
          this.#await(input, () => sendBack({ type: `deadline.${input.kind}` })),
        ),
        terminateTree: fromCallback(() => void this.acts.push('TERM')),
        killTree: fromCallback(() => void this.acts.push('KILL')),
        watchLimits: fromCallback(() => {}),
        settleTree: fromPromise<void>(() => promised('settleTree')),
        sweepTree: fromPromise<readonly string[]>(() => promised('sweepTree')),
        drainOutput: fromPromise<void>(({ self }) => promised(self.id)),
      },
    });
  }

  #await(deadline: Deadline, fire: () => void): () => void {
    return deadline.kind === 'total'
      ? this.wall.startTimer(deadline.untilEpochMs - this.wall.now(), fire)
      : this.monotonic.startTimer(deadline.afterMs, fire);
  }
}
