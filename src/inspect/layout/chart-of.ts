import type { DrawnMachine, DrawnNode } from '../drawn-machine.ts';
import { conditionText, eventText } from '../edge-text.ts';
import { edgesOf, type Edge } from '../edges.ts';
import type { Chart, ChartArrow, ChartRow, ChartState, RowKind } from './chart.ts';
import { targetNames } from './target-names.ts';
import { withDescendants } from '../with-descendants.ts';

/**
 * Every transition is a row of its state's box. Arrows are drawn for what belongs to a state; what the machine's root
 * answers as well may happen at any time, and would bury them.
 */
export function chartOf(machine: DrawnMachine): Chart {
  const { root } = machine;
  const read: Reading = {
    root,
    anyTime: new Set(edgesOf(root).map(({ event }) => event)),
    nameOf: targetNames(root),
  };
  const nodes = withDescendants(root);
  return {
    machine: machine.id,
    root: { ...stateOf(root, read), name: machine.id },
    arrows: nodes.flatMap((node) => arrowsOf(node, read)),
  };
}

interface Reading {
  readonly root: DrawnNode;
  /** What the root answers. */
  readonly anyTime: ReadonlySet<string>;
  readonly nameOf: (node: DrawnNode) => string;
}

function stateOf(node: DrawnNode, read: Reading): ChartState {
  return {
    path: pathOf(node),
    name: node.key,
    description: node.description ?? null,
    isFinal: node.type === 'final',
    initial: pathOrNull(node.initial.target?.[0]),
    rows: [
      ...node.tags.map((tag) => plainRow('tag', tag)),
      ...node.invoke.map(({ id }) => plainRow('actor', id)),
      ...edgesOf(node).map((edge) => rowOf(node, edge, read)),
    ],
    states: Object.values(node.states).map((child) => stateOf(child, read)),
  };
}

function plainRow(kind: RowKind, text: string): ChartRow {
  return { kind, text, condition: null, target: null, edge: null, description: null };
}

function rowOf(node: DrawnNode, edge: Edge, read: Reading): ChartRow {
  const kind = kindOf(node, edge, read);
  return {
    kind,
    text: eventText(edge),
    condition: conditionText(edge),
    target: edge.target && edge.target !== node ? read.nameOf(edge.target) : null,
    edge: edge.id,
    description: edge.description,
  };
}

function kindOf(node: DrawnNode, edge: Edge, read: Reading): RowKind {
  if (edge.target === null || (edge.target === node && !edge.reenters)) {
    return 'stays';
  }
  if (edge.target === node) {
    return 'again';
  }
  return isDrawn(node, edge, read) ? 'arrow' : 'jump';
}

/** An actor that failed is drawn only where an arrow goes that way anyway. */
function isDrawn(node: DrawnNode, edge: Edge, read: Reading): boolean {
  return (
    isOwn(node, edge, read) &&
    (!isFailure(edge) ||
      edgesOf(node).some(
        (other) => other.target === edge.target && !isFailure(other) && isOwn(node, other, read),
      ))
  );
}

function isOwn(node: DrawnNode, { event, target }: Edge, { root, anyTime }: Reading): boolean {
  return node !== root && target !== node && target !== null && !anyTime.has(event);
}

function isFailure({ event }: Edge): boolean {
  return event.startsWith('error.');
}

function arrowsOf(node: DrawnNode, read: Reading): ChartArrow[] {
  const drawn = edgesOf(node).filter((edge) => kindOf(node, edge, read) === 'arrow');
  const byTarget = Map.groupBy(drawn, ({ target }) => target);
  return [...byTarget].flatMap(([target, edges]) =>
    target === null
      ? []
      : { from: pathOf(node), to: pathOf(target), edges: edges.map(({ id }) => id) },
  );
}

function pathOf({ path }: DrawnNode): string {
  return path.join('.');
}

function pathOrNull(node: DrawnNode | undefined): string | null {
  return node ? pathOf(node) : null;
}
