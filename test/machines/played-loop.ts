import {
  createActor,
  fromCallback,
  fromPromise,
  type AnyTransitionDefinition,
  type EventObject,
} from 'xstate';
import { loopMachine } from '../../machines/loop.machine.ts';
import type { LoopInput } from '../../machines/loop/context.ts';
import type { EventDraft } from '../../src/domain/event.ts';
import type { ChildEvent, LoopSnapshot, ModelEvent } from './loop-model.ts';

interface Pending {
  readonly resolve: (output: never) => void;
  readonly reject: (error: unknown) => void;
}

type Say = (event: EventObject) => void;

/** The real actor with children that end when the test says so. */
export class PlayedLoop {
  readonly recorded: EventDraft[] = [];
  readonly taken = new Set<AnyTransitionDefinition>();
  readonly toldWorker: string[] = [];
  readonly pending = new Map<string, Pending>();
  /** With which each actor was started last. */
  readonly inputs = new Map<string, unknown>();
  workerSays: Say | null = null;
  timerSays: Say | null = null;
  diskSays: Say | null = null;
  watcherSays: Say | null = null;
  readonly actor;

  /** From the start, or from a state as it would lie on disk. */
  constructor(input: LoopInput, restored?: LoopSnapshot) {
    this.actor = createActor(machine, {
      input,
      ...(restored && { snapshot: JSON.parse(onDisk(restored)) }),
      inspect: (event) => {
        if (event.type === '@xstate.microstep') {
          event._transitions.forEach((transition) => this.taken.add(transition));
        }
      },
    });
    loops.set(this.actor.system, this);
    this.actor.on('*', (draft) => this.recorded.push(draft));
    this.actor.subscribe({ error: () => {} });
    this.actor.start();
  }

  get state(): string {
    return JSON.stringify(this.actor.getSnapshot().value);
  }

  async play(...events: readonly ModelEvent[]): Promise<void> {
    for (const event of events) {
      this.#send(event);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  #send(event: ModelEvent): void {
    if (isChildEvent(event)) {
      this.#endChild(event);
    } else if (event.type.startsWith('worker.')) {
      this.workerSays?.(event);
    } else if (event.type === 'timer.fired') {
      this.timerSays?.(event);
    } else if (event.type === 'disk.low' && this.diskSays) {
      this.diskSays(event);
    } else if (event.type === 'work.changed' && this.watcherSays) {
      this.watcherSays(event);
    } else {
      this.actor.send(event);
    }
  }

  #endChild(event: ChildEvent): void {
    const pending = this.pending.get(event.actorId);
    if (event.actorId === 'runAttempt') {
      this.workerSays?.(event);
    } else if (event.type.startsWith('xstate.done')) {
      pending?.resolve(event.output as never);
    } else {
      pending?.reject(event.error);
    }
  }
}

const loops = new WeakMap<object, PlayedLoop>();

/** One machine for all loops: a child finds its loop by the system it lives in. */
const machine = loopMachine.provide({
  actors: {
    checkGates: promised('checkGates'),
    selectTarget: promised('selectTarget'),
    composePrompt: promised('composePrompt'),
    validateWork: promised('validateWork'),
    checkpointWork: promised('checkpointWork'),
    digestIteration: promised('digestIteration'),
    drainWorkers: promised('drainWorkers'),
    cleanUp: promised('cleanUp'),
    runAttempt: fromCallback(({ sendBack, receive, system }) => {
      const loop = loops.get(system);
      if (loop) {
        loop.workerSays = sendBack;
        receive((event) => loop.toldWorker.push(event.type));
      }
    }),
    watchDisk: fromCallback(({ sendBack, system }) => {
      const loop = loops.get(system);
      if (loop) {
        loop.diskSays = sendBack;
      }
      return () => {
        if (loop) {
          loop.diskSays = null;
        }
      };
    }),
    watchWork: fromCallback(({ sendBack, system }) => {
      const loop = loops.get(system);
      if (loop) {
        loop.watcherSays = sendBack;
      }
      return () => {
        if (loop) {
          loop.watcherSays = null;
        }
      };
    }),
    waitUntil: fromCallback(({ sendBack, system }) => {
      const loop = loops.get(system);
      if (loop) {
        loop.timerSays = sendBack;
      }
      return () => {
        if (loop) {
          loop.timerSays = null;
        }
      };
    }),
  },
});

function promised(id: string) {
  return fromPromise<never, never>(
    ({ system, input }) =>
      new Promise<never>((resolve, reject) => {
        loops.get(system)?.pending.set(id, { resolve, reject });
        loops.get(system)?.inputs.set(id, input);
      }),
  ) as never;
}

function isChildEvent(event: ModelEvent): event is ChildEvent {
  return 'actorId' in event;
}

/** Of each once: many edges leave from the same state. */
const persisted = new WeakMap<LoopSnapshot, string>();

function onDisk(snapshot: LoopSnapshot): string {
  const known = persisted.get(snapshot);
  const text = known ?? JSON.stringify(loopMachine.getPersistedSnapshot(snapshot));
  persisted.set(snapshot, text);
  return text;
}
