import { chartDataIn } from './chart-data-in.ts';
import { Plot } from './plot.ts';

/** Draws the charts of a report, and draws them anew where colours or widths change. */
const data = new Map(chartDataIn(document).map((loop) => [loop.id, loop]));
const plots = [...document.querySelectorAll<HTMLElement>('.plot')].flatMap((element) => {
  const loop = data.get(element.dataset['loop'] ?? '');
  const name = loop?.charts.find((chart) => chart === element.dataset['chart']);
  return loop && name ? new Plot(element, { loop, name }) : [];
});

for (const query of ['(prefers-color-scheme: dark)', 'print']) {
  matchMedia(query).addEventListener('change', () => plots.forEach((plot) => plot.draw()));
}
