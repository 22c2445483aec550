import type { DrawnMachine, DrawnNode } from './drawn-machine.ts';
import { conditionText, eventText } from './edge-text.ts';
import { edgesOf, type Edge } from './edges.ts';
import { spentText, timesText } from './history/figure-words.ts';
import { heatOf, type Heat } from './history/heat.ts';
import type { MachineHistory } from './history/machine-history.ts';
import { wrapWords } from './wrap-words.ts';
import { withDescendants } from './with-descendants.ts';

/**
 * The machine as a mermaid `stateDiagram-v2`. Arrows tell the event and, in brackets, its guard; `✓ actor` is an actor
 * that is done, `✗ actor` one that failed. What transitions mean stands in comments: mermaid has no place for it, nor for
 * what a state does without leaving it.
 */
export function toMermaid(machine: DrawnMachine, history: MachineHistory | null = null): string {
  const { root } = machine;
  const heat = history && heatOf(history);
  const lines = [
    'stateDiagram-v2',
    ...inside(root, { indent: '  ', heat }),
    ...arrowLines(root, heat),
    ...withDescendants(root).flatMap(notedLines),
    ...(heat ? [...HEAT_CLASSES, ...leavesOf(root).flatMap((node) => classLine(node, heat))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

interface Style {
  readonly indent: string;
  /** null: it tells of the machine, not of what it has done. */
  readonly heat: Heat | null;
}

/** The children of a state: their names, what lies in them, where it begins. */
function inside(node: DrawnNode, style: Style): string[] {
  const { indent } = style;
  const children = Object.values(node.states);
  const first = node.initial.target?.[0];
  return [
    ...(first ? [`${indent}[*] --> ${idOf(first)}`] : []),
    ...children.flatMap((child) => block(child, style)),
    ...(turnsInside(node).length > 0 ? [`${indent}state "any of these" as ${anyOf(node)}`] : []),
    ...children
      .filter(({ type }) => type === 'final')
      .map((child) => `${indent}${idOf(child)} --> [*]`),
  ];
}

function block(node: DrawnNode, { indent, heat }: Style): string[] {
  const head = `${indent}state "${node.key}" as ${idOf(node)}`;
  const figures = heat ? [figuresOf(node, heat)] : [];
  return Object.keys(node.states).length === 0
    ? [
        head,
        ...below(indent, `${idOf(node)} : `, [
          ...wrapWords(node.description ?? '', 32),
          ...figures,
        ]),
      ]
    : [
        ...[`${head} {`, ...inside(node, { indent: `${indent}  `, heat }), `${indent}}`],
        // What is as wide as a note, mermaid knows better.
        ...below(indent, `note left of ${idOf(node)} : `, [node.description ?? '', ...figures]),
      ];
}

function figuresOf(node: DrawnNode, heat: Heat): string {
  const { entered, seconds } = heat.state(node.path.join('.'));
  return entered === 0 ? 'never entered' : `${spentText(seconds)}, entered ${timesText(entered)}×`;
}

function below(indent: string, head: string, lines: readonly string[]): string[] {
  const words = lines.map((line) => line.replaceAll(OWN_SIGNS, coded)).join('<br/>');
  return words === '' ? [] : [`${indent}${head}${words}`];
}

/** Several ways between the same two states share one arrow. */
function arrowLines(root: DrawnNode, heat: Heat | null): string[] {
  const ways = withDescendants(root).flatMap((node) =>
    edgesOf(node).flatMap((edge) =>
      edge.target ? { edge, arrow: `${sourceOf(node, edge)} --> ${idOf(edge.target)}` } : [],
    ),
  );
  return [...Map.groupBy(ways, ({ arrow }) => arrow)].flatMap(([arrow, taken]) => {
    const edges = taken.map(({ edge }) => edge);
    return [
      ...edges.flatMap(commentLine),
      `  ${arrow} : ${[...new Set(edges.map((edge) => labelOf(edge) + timesOf(edge, heat)))].join('<br/>')}`,
    ];
  });
}

function timesOf({ id }: Edge, heat: Heat | null): string {
  const times = heat?.edge(id).times ?? 0;
  return times === 0 ? '' : ` ${timesText(times)}×`;
}

const HEAT_CLASSES = ['#fdf0df', '#fbdcb4', '#f8c07c', '#f2a04a'].map(
  (fill, at) => `  classDef heat${at + 1} fill:${fill},stroke:#b3510a,color:#1f2328`,
);

function classLine(node: DrawnNode, heat: Heat): string[] {
  const { level } = heat.state(node.path.join('.'));
  return level === 0 ? [] : [`  class ${idOf(node)} heat${level}`];
}

/** What a state does without leaving it. */
function notedLines(node: DrawnNode): string[] {
  const noted = edgesOf(node).filter(({ target, description }) => !target && description !== null);
  const place = node.path.join('.') || 'every state';
  return noted.length === 0
    ? []
    : [`  %% ${place} stays where it is:`, ...noted.flatMap(commentLine)];
}

function commentLine(edge: Edge): string[] {
  return edge.description === null ? [] : [`  %% ${labelOf(edge)}: ${edge.description}`];
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

function leavesOf(root: DrawnNode): DrawnNode[] {
  return withDescendants(root).filter(({ states }) => Object.keys(states).length === 0);
}

function labelOf(edge: Edge): string {
  const condition = conditionText(edge);
  const words = [eventText(edge), ...(condition === null ? [] : [`[${condition}]`])];
  return plain(words.filter((word) => word !== '').join(' ')) || 'at once';
}

function plain(text: string): string {
  return text.replaceAll(OWN_SIGNS, ' ').trim();
}

/** These would end a label, or begin a code. */
const OWN_SIGNS = /[:;#<>{}"]/g;

function coded(sign: string): string {
  return `#${sign.charCodeAt(0)};`;
}

function idOf(node: DrawnNode): string {
  return node.path.join('_');
}

function anyOf(node: DrawnNode): string {
  return `${node.path.join('_') || 'all'}_any`;
}
