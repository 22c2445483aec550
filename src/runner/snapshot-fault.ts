import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** What the machine persists, as far as it can be judged from outside. */
export interface PersistedSnapshot {
  readonly status: string;
  readonly value: unknown;
  readonly context: unknown;
  readonly children: Readonly<Record<string, unknown>>;
}

/**
 * Why a snapshot would wedge the machine, or null. XState restores such snapshots without a word:
 * a state that is gone errors silently, a missing child is waited for for ever.
 */
export function findSnapshotFault(
  machine: AnyStateMachine,
  snapshot: PersistedSnapshot,
): string | null {
  const nodes = activeNodes(machine.root, snapshot.value);
  if (!nodes) {
    return `the state ${JSON.stringify(snapshot.value)} does not exist in this version`;
  }
  const wanted = nodes.flatMap((node) => node.invoke).map((invoked) => invoked.id);
  const lacking = wanted.find((id) => !Object.hasOwn(snapshot.children, id));
  if (lacking) {
    return `its state needs the child "${lacking}", which it does not hold`;
  }
  const unknown = Object.keys(snapshot.children).find((id) => !wanted.includes(id));
  return unknown ? `it holds a child "${unknown}" that its state does not have` : null;
}

function activeNodes(node: AnyStateNode, value: unknown): AnyStateNode[] | null {
  if (typeof value === 'string') {
    const child = childOf(node, value);
    return child && Object.keys(child.states).length === 0 ? [node, child] : null;
  }
  const entry = typeof value === 'object' && value !== null ? Object.entries(value)[0] : undefined;
  const child = entry && childOf(node, entry[0]);
  const below = child && activeNodes(child, entry[1]);
  return below ? [node, ...below] : null;
}

function childOf({ states }: AnyStateNode, name: string): AnyStateNode | undefined {
  return Object.hasOwn(states, name) ? states[name] : undefined;
}
