import type { DrawnMachine, DrawnNode } from './drawn-machine.ts';
import { conditionText, eventText } from './edge-text.ts';
import { edgesOf, type Edge } from './edges.ts';
import { MACHINES } from './machines.ts';
import { toMermaid } from './to-mermaid.ts';
import { withDescendants } from './with-descendants.ts';

/** `docs/machines.md`: the diagrams and states of the machines, made from the machines. */
export function machinesPage(): string {
  return `${[INTRODUCTION, ...Object.values(MACHINES).map(chapter)].join('\n\n')}\n`;
}

const INTRODUCTION = `# The machines

<!-- Generated from machines/ by npm run docs. Changes made here are lost. -->

What autoloop does next is decided by these machines and nowhere else. The runner plays **loop**, one per loop; the
isolation layer plays **attempt**, one per start of a worker; **breaker** is played by the loop. This page is made from the
machines that run: \`autoloop graph --machine loop --format svg\` draws the same picture, and
[Seeing the machine](seeing-the-machine.md) tells what else it does.

How to read the pictures: each box is a state, each of its rows a machine event that it answers, with the guard in brackets
(\`[else]\`: no guard before it held) and the state it leads to. The first whose guard holds is taken; what a state has no
answer to is answered by the state around it. \`✓ actor\` means that the actor which the state had started is done, \`✗ actor\`
that it failed. Arrows are drawn for what belongs to a state; what may happen at any time (a stop, a restart, a full disk)
is told by its row alone.`;

function chapter(machine: DrawnMachine): string {
  const { root } = machine;
  return [
    `## ${machine.id}`,
    root.description ?? '',
    `![The states of ${machine.id}, and what leads from one to another](machines/${machine.id}.svg)`,
    folded('As mermaid', `\`\`\`mermaid\n${toMermaid(machine)}\`\`\``),
    stateTable(root),
    transitionTable(root),
  ].join('\n\n');
}

function stateTable(root: DrawnNode): string {
  const rows = Object.values(root.states).flatMap((node) => withDescendants(node).map(stateRow));
  return ['| state | what it is | actors | tags |', '|---|---|---|---|', ...rows].join('\n');
}

function stateRow(node: DrawnNode): string {
  const actors = node.invoke.map(({ id }) => `\`${id}\``).join(', ');
  const cells = [
    `\`${node.path.join('.')}\``,
    node.description ?? '',
    actors,
    node.tags.join(', '),
  ];
  return tableRow(cells);
}

function transitionTable(root: DrawnNode): string {
  const rows = withDescendants(root).flatMap((node) =>
    edgesOf(node).map((edge) => transitionRow(node, edge)),
  );
  const table = ['| in | on | goes to | what it means |', '|---|---|---|---|', ...rows];
  return folded(`All ${rows.length} transitions`, table.join('\n'));
}

function folded(summary: string, text: string): string {
  return [`<details><summary>${summary}</summary>`, text, '</details>'].join('\n\n');
}

function transitionRow({ path }: DrawnNode, edge: Edge): string {
  const condition = conditionText(edge);
  return tableRow([
    path.length === 0 ? 'any state' : `\`${path.join('.')}\``,
    [eventText(edge) || 'at once', ...(condition === null ? [] : [`[${condition}]`])].join(' '),
    edge.target ? `\`${edge.target.path.join('.')}\`` : 'stays',
    edge.description ?? '',
  ]);
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
