import type { DrawnNode } from './drawn-machine.ts';
import { edgesOf } from './edges.ts';
import { MACHINES } from './machines.ts';

/** What the transitions of a machine mean, by their ids; nothing where there is no machine of that name. */
export function transitionMeanings(machine: string): ReadonlyMap<string, string> {
  const root = MACHINES[machine]?.root;
  return new Map(root ? meaningsBelow(root) : []);
}

function meaningsBelow(node: DrawnNode): [string, string][] {
  const own = edgesOf(node).flatMap(({ id, description }): [string, string][] =>
    description === null ? [] : [[id, description]],
  );
  return [...own, ...Object.values(node.states).flatMap(meaningsBelow)];
}
