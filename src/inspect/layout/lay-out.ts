import elk from 'elkjs/lib/elk.bundled.js';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { DrawnMachine } from '../drawn-machine.ts';
import type { Chart, ChartState } from './chart.ts';
import { chartOf } from './chart-of.ts';
import { edgeId, elkGraph, rowsId, startId, stateId } from './elk-graph.ts';
import { fingerprint } from './fingerprint.ts';
import type { Box, LaidArrow, Layout, Point, Start } from './layout.ts';

/** Takes some 0.5 s, and elkjs: done when autoloop is built, never when it runs. */
export async function layOut(machine: DrawnMachine): Promise<Layout> {
  const chart = chartOf(machine);
  const laid = await new elk.default().layout(elkGraph(chart));
  const states = withDescendants(chart.root);
  const found = placesIn(laid);
  return {
    fingerprint: fingerprint(chart),
    width: round(laid.width),
    height: round(laid.height),
    states: Object.fromEntries(states.map(({ path }) => [path, found.box(stateId(path))])),
    sharedRows: Object.fromEntries(
      states.filter(hasSharedRows).map(({ path }) => [path, found.box(rowsId(path))]),
    ),
    starts: states.flatMap((state) => startIn(state, found)),
    arrows: arrowsOf(chart, found),
  };
}

interface Places {
  readonly box: (id: string) => Box;
  readonly points: (id: string) => readonly Point[];
}

function placesIn(laid: ElkNode): Places {
  const nodes = new Map(nodesIn(laid).map((node) => [node.id, node]));
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    box: (id) => boxOf(nodes.get(id)),
    points: (id) => pointsOf(edges.get(id)),
  };
}

function boxOf(node: ElkNode | undefined): Box {
  return {
    x: round(node?.x),
    y: round(node?.y),
    width: round(node?.width),
    height: round(node?.height),
  };
}

function pointsOf(edge: ElkExtendedEdge | undefined): readonly Point[] {
  const sections = edge?.sections ?? [];
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    ...[startPoint, ...bendPoints, endPoint],
  ]);
  return points.map(({ x, y }) => [round(x), round(y)]);
}

function startIn({ path, initial }: ChartState, found: Places): Start[] {
  const id = startId(path);
  return initial === null
    ? []
    : [{ in: path, dot: found.box(id), points: found.points(edgeId(id, initial)) }];
}

function arrowsOf({ arrows }: Chart, found: Places): LaidArrow[] {
  return arrows.map(({ from, to }) => ({
    ...{ from, to, points: found.points(edgeId(stateId(from), to)) },
  }));
}

function hasSharedRows({ states, rows }: ChartState): boolean {
  return states.length > 0 && rows.length > 0;
}

function withDescendants(state: ChartState): ChartState[] {
  return [state, ...state.states.flatMap(withDescendants)];
}

function nodesIn(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesIn)];
}

function round(value = 0): number {
  return Math.round(value * 10) / 10;
}
