import { edgesOf } from './edges.ts';
import { MACHINES } from './machines.ts';
import { withDescendants } from './with-descendants.ts';

/** What the transitions of a machine mean, by their ids; nothing where there is no machine of that name. */
export function transitionMeanings(machine: string): ReadonlyMap<string, string> {
  const root = MACHINES[machine]?.root;
  const edges = root ? withDescendants(root).flatMap(edgesOf) : [];
  return new Map(
    edges.flatMap(({ id, description }) => (description === null ? [] : [[id, description]])),
  );
}
