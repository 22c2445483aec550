import type { DrawnMachine, DrawnNode, DrawnTransition } from './drawn-machine.ts';

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
  /** As XState has it; empty: taken at once. */
  readonly event: string;
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
  const groups: [string, readonly DrawnTransition[]][] = [
    ...node.transitions,
    ['', node.always ?? []],
  ];
  return groups.flatMap(([event, transitions]) =>
    transitions.map(({ target, description }, at): [string, ChartTransition] => [
      `${pathOf(node)}:${event}:${at}`,
      {
        source: pathOf(node),
        target: target?.[0] ? pathOf(target[0]) : null,
        event,
        description: description ?? null,
      },
    ]),
  );
}

function pathOf({ path }: DrawnNode): string {
  return path.join('.');
}

function withDescendants(node: DrawnNode): DrawnNode[] {
  return [node, ...Object.values(node.states).flatMap(withDescendants)];
}
