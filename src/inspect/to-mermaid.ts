import type { DrawnMachine, DrawnNode } from './drawn-machine.ts';
import { conditionText, eventText } from './edge-text.ts';
import { edgesOf, type Edge } from './edges.ts';

/**
 * The machine as a mermaid `stateDiagram-v2`. Arrows tell the event and, in brackets, its guard; `✓ actor` is an actor
 * that is done, `✗ actor` one that failed. What a state does without leaving it is left out.
 */
export function toMermaid(machine: DrawnMachine): string {
  const { root } = machine;
  const lines = ['stateDiagram-v2', ...inside(root, '  '), ...arrowLines(root)];
  return `${lines.join('\n')}\n`;
}

/** The children of a state: their names, what lies in them, where it begins. */
function inside(node: DrawnNode, indent: string): string[] {
  const children = Object.values(node.states);
  const first = node.initial.target?.[0];
  return [
    ...(first ? [`${indent}[*] --> ${idOf(first)}`] : []),
    ...children.flatMap((child) => block(child, indent)),
    ...(turnsInside(node).length > 0 ? [`${indent}state "any of these" as ${anyOf(node)}`] : []),
    ...children
      .filter(({ type }) => type === 'final')
      .map((child) => `${indent}${idOf(child)} --> [*]`),
  ];
}

function block(node: DrawnNode, indent: string): string[] {
  const head = `${indent}state "${node.key}" as ${idOf(node)}`;
  return Object.keys(node.states).length === 0
    ? [head]
    : [`${head} {`, ...inside(node, `${indent}  `), `${indent}}`];
}

/** Several ways between the same two states share one arrow. */
function arrowLines(root: DrawnNode): string[] {
  const labels = new Map<string, Set<string>>();
  for (const node of withDescendants(root)) {
    for (const edge of edgesOf(node)) {
      if (edge.target) {
        const arrow = `${sourceOf(node, edge)} --> ${idOf(edge.target)}`;
        labels.set(arrow, (labels.get(arrow) ?? new Set()).add(labelOf(edge)));
      }
    }
  }
  return [...labels].map(([arrow, texts]) => `  ${arrow} : ${[...texts].join('<br/>')}`);
}

/** An arrow from a state into itself cannot be drawn: there it begins at a stand-in for all that lie in it. */
function sourceOf(node: DrawnNode, edge: Edge): string {
  return turnsInside(node).includes(edge.target) ? anyOf(node) : idOf(node);
}

function turnsInside(node: DrawnNode): (DrawnNode | null)[] {
  return edgesOf(node)
    .map(({ target }) => target)
    .filter(
      (target) => target !== null && target !== node && withDescendants(node).includes(target),
    );
}

function withDescendants(node: DrawnNode): DrawnNode[] {
  return [node, ...Object.values(node.states).flatMap(withDescendants)];
}

function labelOf(edge: Edge): string {
  const condition = conditionText(edge);
  const words = [eventText(edge), ...(condition === null ? [] : [`[${condition}]`])];
  return plain(words.filter((word) => word !== '').join(' ')) || 'at once';
}

/** These would end a label, or begin a code. */
function plain(text: string): string {
  return text.replaceAll(/[:;#<>{}"]/g, ' ').trim();
}

function idOf(node: DrawnNode): string {
  return node.path.join('_');
}

function anyOf(node: DrawnNode): string {
  return `${node.path.join('_') || 'all'}_any`;
}
