import type { ActorRefLike, AnyActorRef, Snapshot } from 'xstate';
import type { ActorView, MachineView } from '../domain/inspection.ts';
import type { LoopActor } from './persistence.ts';

/** The living actors of a system, the root first. */
export function livingActors(root: LoopActor): ActorView[] {
  const children = Object.values(root.getSnapshot().children).filter(
    (child) => child !== undefined,
  );
  return [root, ...children].map(actorView).filter((actor) => actor !== null);
}

/** null: it tells nothing of itself. */
export function actorView(actor: ActorRefLike): ActorView | null {
  if (!isActor(actor)) {
    return null;
  }
  const parent = actor._parent?.sessionId ?? null;
  return { id: actor.sessionId, name: parent === null ? ROOT_NAME : actor.id, parent };
}

/** XState promises less of what it gives than it gives. */
function isActor(actor: ActorRefLike): actor is AnyActorRef {
  return 'id' in actor;
}

/** XState names a root by its session. */
const ROOT_NAME = 'loop';

export function machineView(snapshot: SeenSnapshot): MachineView {
  const { value, context, status, tags, _nodes: nodes } = snapshot;
  const paths = nodes.map(({ path }) => path).filter((path) => path.length > 0);
  const outerFirst = paths.toSorted((left, right) => left.length - right.length);
  return {
    ...{ value, context, status, tags: [...tags] },
    active: outerFirst.map((path) => path.join('.')),
  };
}

export function isMachine(
  snapshot: Snapshot<unknown>,
): snapshot is Snapshot<unknown> & SeenSnapshot {
  return '_nodes' in snapshot;
}

/** What XState tells of a machine's snapshot. */
export interface SeenSnapshot {
  readonly value: unknown;
  readonly context: unknown;
  readonly status: string;
  readonly tags: ReadonlySet<string>;
  readonly _nodes: readonly { readonly path: readonly string[] }[];
}
