import type { DrawnNode, DrawnTransition } from './drawn-machine.ts';

/** One way out of a state, as the definition has it. */
export interface Edge {
  /**
   * `running:worker.ended:0`: the path of its source, the machine event as XState calls it (empty: taken at once), and
   * which of the source's answers to it.
   */
  readonly id: string;
  /** `worker.ended`, `done.checkGates`, `error.checkGates`; empty: it is taken at once. */
  readonly event: string;
  /** null: always, or when no guard before it held. */
  readonly guard: string | null;
  readonly isElse: boolean;
  /** null: the state stays. */
  readonly target: DrawnNode | null;
  /** Leaves a state that it leads to, and enters it anew. */
  readonly reenters: boolean;
  readonly actions: readonly string[];
  readonly description: string | null;
}

/** The ways out of one state, its own and no inherited ones, in the order of the definition. */
export function edgesOf(node: DrawnNode): Edge[] {
  const groups = [...node.transitions.values(), node.always ?? []];
  return groups.flatMap((group) => group.map((transition, at) => edgeOf(node, transition, at)));
}

function edgeOf({ path }: DrawnNode, transition: DrawnTransition, at: number): Edge {
  const guard = nameOfGuard(transition.guard);
  return {
    id: `${path.join('.')}:${transition.eventType}:${at}`,
    event: eventName(transition.eventType),
    guard,
    isElse: guard === null && at > 0,
    target: transition.target?.[0] ?? null,
    reenters: transition.reenter,
    actions: actionNames(transition.actions),
    description: transition.description ?? null,
  };
}

/** What is written in place instead of named is left out. */
export function actionNames(actions: readonly unknown[]): string[] {
  return actions.map(nameOf).filter((name) => name !== null);
}

/** `xstate.done.actor.checkGates` is for machines to read. */
function eventName(type: string): string {
  return type.replace(/^xstate\.(done|error)\.actor\./, '$1.');
}

/** Written in place instead of named, a guard can only be told to be there. */
function nameOfGuard(guard: unknown): string | null {
  if (guard === undefined || guard === null) {
    return null;
  }
  return nameOf(guard) ?? 'condition';
}

/** `waitIs`, or `waitIs backoff` where it has parameters that are data. */
function nameOf(part: unknown): string | null {
  if (typeof part === 'string') {
    return part;
  }
  if (typeof part !== 'object' || part === null || !('type' in part)) {
    return null;
  }
  const params: unknown = 'params' in part ? part.params : undefined;
  const values = typeof params === 'object' && params !== null ? Object.values(params) : [];
  return [String(part.type), ...values.filter((value) => typeof value === 'string')].join(' ');
}
