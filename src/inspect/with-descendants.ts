import type { DrawnNode } from './drawn-machine.ts';

/** A state and all that lie in it, each before those in it. */
export function withDescendants(node: DrawnNode): DrawnNode[] {
  return [node, ...Object.values(node.states).flatMap(withDescendants)];
}
