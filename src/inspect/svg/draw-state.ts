import type { Heat } from '../history/heat.ts';
import type { ChartState } from '../layout/chart.ts';
import type { Box, Layout } from '../layout/layout.ts';
import { MEASURES, sharedTitle } from '../layout/measures.ts';
import { drawRows } from './draw-rows.ts';
import { drawTitle } from './draw-title.ts';
import { element, escaped, tooltip } from './markup.ts';

export interface Scene {
  readonly layout: Layout;
  /** null: it tells of the machine, not of what it has done. */
  readonly heat: Heat | null;
}

/** The box of a state, with all that lies in it but arrows. */
export function drawState(state: ChartState, scene: Scene): string {
  const { layout, heat } = scene;
  const box = layout.states[state.path];
  if (!box) {
    throw new Error(`The layout has no state "${state.path}".`);
  }
  const isLeaf = state.states.length === 0;
  return element('g', { class: classOf(state), 'data-state': state.path }, [
    ...tooltip(state.description),
    rectangle(box, { class: 'box', rx: isLeaf ? 7 : 10 }),
    ...(state.isFinal ? [rectangle(inset(box, 3), { class: 'inner', rx: 5 })] : []),
    ...drawTitle(state, { box, layout, heat }),
    ...(isLeaf
      ? drawRows(state.rows, { box: rowsBelowTitle(box), heat })
      : sharedRows(state, scene)),
    ...state.states.map((child) => drawState(child, scene)),
  ]);
}

function classOf({ path, states, isFinal }: ChartState): string {
  const kind = states.length === 0 ? 'leaf' : 'group';
  return ['state', path === '' ? 'machine' : kind, ...(isFinal ? ['final'] : [])].join(' ');
}

/** What holds in all states of a group lies in a box of its own, so that no arrow runs across it. */
function sharedRows(state: ChartState, { layout, heat }: Scene): string[] {
  const box = layout.sharedRows[state.path];
  return box
    ? [
        rectangle(box, { class: 'shared', rx: 7 }),
        element('text', { class: 'heading', x: box.x + MEASURES.padding, y: box.y + 18 }, [
          escaped(sharedTitle(state)),
        ]),
        ...drawRows(state.rows, { box: rowsBelowTitle(box), heat }),
      ]
    : [];
}

function rowsBelowTitle({ x, y, width, height }: Box): Box {
  return { x, y: y + MEASURES.title, width, height: height - MEASURES.title };
}

function rectangle(box: Box, attributes: Readonly<Record<string, string | number>>): string {
  return element('rect', { ...attributes, ...box });
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}
