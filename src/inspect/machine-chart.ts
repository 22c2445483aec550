import type { DrawnMachine, DrawnNode } from './drawn-machine.ts';
import { edgesOf } from './edges.ts';
import { withDescendants } from './with-descendants.ts';

/** What a page draws and tells of a machine. */
export interface MachineChart {
  /** Of the definition that is drawn; a loop that is played by another version has another. */
  readonly definitionHash: string;
  readonly svg: string;
  /** By dotted path. */
  readonly states: Readonly<Record<string, string>>;
  /** By id. */
  readonly transitions: Readonly<Record<string, ChartTransition>>;
}

export interface ChartTransition {
  /** Dotted path; empty: the root. */
  readonly source: string;
  /** Dotted path; null: the state stays. */
  readonly target: string | null;
  readonly description: string | null;
}

export function describedChart(
  { root }: DrawnMachine,
  drawn: Pick<MachineChart, 'definitionHash' | 'svg'>,
): MachineChart {
  const nodes = withDescendants(root);
  return {
    ...drawn,
    states: Object.fromEntries(nodes.map((node) => [pathOf(node), node.description ?? ''])),
    transitions: Object.fromEntries(nodes.flatMap(transitionsOf)),
  };
}

function transitionsOf(node: DrawnNode): [string, ChartTransition][] {
  return edgesOf(node).map(({ id, target, description }) => [
    id,
    { source: pathOf(node), target: target && pathOf(target), description },
  ]);
}

function pathOf({ path }: DrawnNode): string {
  return path.join('.');
}
