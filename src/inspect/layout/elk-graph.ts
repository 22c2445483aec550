import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Chart, ChartState } from './chart.ts';
import { MEASURES, sharedRowsSize, stateSize, titleWidth, type Size } from './measures.ts';

/** What ELK is given; the ids of its parts are made below. */
export function elkGraph(chart: Chart): ElkNode {
  const hubs = hubsOf(chart);
  const edges = chart.arrows.map(({ from, to }) => edge(stateId(from), to, hubs));
  return {
    id: 'chart',
    children: [node(chart.root, hubs)],
    edges: [...edges, ...startsIn(chart.root, hubs)],
    layoutOptions: OPTIONS,
  };
}

export const stateId = (path: string): string => `state:${path}`;
export const rowsId = (path: string): string => `rows:${path}`;
export const startId = (path: string): string => `start:${path}`;
export const edgeId = (source: string, to: string): string => `${source}>${to}`;

/** Each state with others in it has to be told all of them: ELK does not inherit options. */
const OPTIONS: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '30',
  // Of those tried, the one that makes the loop's lines shortest.
  'elk.randomSeed': '20',
  'elk.spacing.nodeNode': '20',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '10',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
};

/** So many arrows end in one line. */
const HUB = 4;

function hubsOf({ arrows }: Chart): ReadonlySet<string> {
  const byTarget = Map.groupBy(arrows, ({ to }) => to);
  return new Set([...byTarget].filter(([, to]) => to.length >= HUB).map(([path]) => path));
}

function node(state: ChartState, hubs: ReadonlySet<string>): ElkNode {
  const id = stateId(state.path);
  const ports = hubs.has(state.path) ? [{ id: hubId(state.path), width: 0, height: 0 }] : [];
  if (state.states.length === 0) {
    return { id, ports, ...stateSize(state) };
  }
  const { path, initial, rows, states } = state;
  return {
    ...{ id, ports },
    children: [
      ...(rows.length > 0 ? [{ id: rowsId(path), ...sharedRowsSize(state) }] : []),
      ...(initial === null ? [] : [{ id: startId(path), ...DOT }]),
      ...states.map((child) => node(child, hubs)),
    ],
    layoutOptions: {
      ...OPTIONS,
      'elk.padding': `[top=${MEASURES.title + 6},left=${MEASURES.inside},bottom=${MEASURES.inside},right=${MEASURES.inside}]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${titleWidth(state.name)},40)`,
    },
  };
}

const DOT: Size = { width: MEASURES.dot, height: MEASURES.dot };

function startsIn(state: ChartState, hubs: ReadonlySet<string>): ElkExtendedEdge[] {
  const own = state.initial === null ? [] : [edge(startId(state.path), state.initial, hubs)];
  return [...own, ...state.states.flatMap((child) => startsIn(child, hubs))];
}

function edge(source: string, to: string, hubs: ReadonlySet<string>): ElkExtendedEdge {
  return {
    id: edgeId(source, to),
    sources: [source],
    targets: [hubs.has(to) ? hubId(to) : stateId(to)],
  };
}

function hubId(path: string): string {
  return `hub:${path}`;
}
