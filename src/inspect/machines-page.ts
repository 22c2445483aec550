import type { DrawnMachine, DrawnNode } from './drawn-machine.ts';
import { MACHINES } from './machines.ts';
import { toMermaid } from './to-mermaid.ts';

/** `docs/machines.md`: the diagrams and states of the machines, made from the machines. */
export function machinesPage(): string {
  return `${[INTRODUCTION, ...Object.values(MACHINES).map(chapter)].join('\n\n')}\n`;
}

const INTRODUCTION = `# The machines

<!-- Generated from machines/ by npm run docs. Changes made here are lost. -->

What autoloop does next is decided by two state machines and nowhere else. The runner plays **loop**, one per loop; the
isolation layer plays **attempt**, one per start of a worker. This page is made from the machines that run:
\`autoloop graph --machine loop\` prints the same diagram, \`--format json\` all there is to know.

How to read it: an arrow bears the machine event that takes it, its guard in brackets (\`[else]\`: no guard before it held).
\`✓ actor\` means that the actor which the state had started is done, \`✗ actor\` that it failed. "any of these" stands for
every state around it. What is noted in a state without leaving it (a stop that has to wait, a pause) is not drawn.`;

function chapter(machine: DrawnMachine): string {
  const { root } = machine;
  return [
    `## ${machine.id}`,
    root.description ?? '',
    `\`\`\`mermaid\n${toMermaid(machine)}\`\`\``,
    stateTable(root),
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
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function withDescendants(node: DrawnNode): DrawnNode[] {
  return [node, ...Object.values(node.states).flatMap(withDescendants)];
}
