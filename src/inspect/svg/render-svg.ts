import type { DrawnMachine } from '../drawn-machine.ts';
import { heatOf } from '../history/heat.ts';
import type { MachineHistory } from '../history/machine-history.ts';
import type { Chart } from '../layout/chart.ts';
import { chartOf } from '../layout/chart-of.ts';
import type { Layout } from '../layout/layout.ts';
import { CHART_STYLE } from './chart-style.ts';
import { drawArrows, drawStart } from './draw-arrow.ts';
import { drawState } from './draw-state.ts';
import { drawLegend } from './legend.ts';
import { element } from './markup.ts';

export interface SvgOptions {
  /** A page that has `CHART_STYLE` already does without. */
  readonly hasStyle: boolean;
  /** What the signs mean, below the chart. */
  readonly hasLegend: boolean;
  /** Colours what was taken and where time was spent. */
  readonly history?: MachineHistory | null;
}

/**
 * The machine as a picture. A state is `<g data-state="running.working">`; each transition is a row of its state,
 * `<g class="row" data-edges="ID">`, and an arrow, `<g class="arrow" data-edges="ID ID">`, stands for all between two states.
 */
export function renderSvg(
  machine: DrawnMachine,
  layout: Layout,
  { hasStyle, hasLegend, history = null }: SvgOptions = { hasStyle: true, hasLegend: true },
): string {
  const chart = chartOf(machine);
  const heat = history && heatOf(history);
  const width = Math.ceil(layout.width);
  const legend = hasLegend
    ? drawLegend({ y: layout.height, width, history })
    : { markup: [], height: 0 };
  const height = Math.ceil(layout.height + legend.height);
  const parts = [
    ...(hasStyle ? [element('style', {}, [CHART_STYLE])] : []),
    drawState(chart.root, { layout, heat }),
    ...layout.starts.map(drawStart),
    ...drawArrows(layout, { chart, heat }),
    ...legend.markup,
  ];
  const size = { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  const picture = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: heat ? 'autoloop-chart heated' : 'autoloop-chart',
    ...size,
    viewBox: `${-MARGIN} ${-MARGIN} ${size.width} ${size.height}`,
    role: 'img',
    'aria-label': spoken(chart),
  };
  return `${element('svg', picture, [parts.join('\n')])}\n`;
}

const MARGIN = 8;

function spoken({ machine, root }: Chart): string {
  return [`The states of ${machine}, and what leads from one to another.`, root.description ?? '']
    .join(' ')
    .trim();
}
