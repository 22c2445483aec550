import { spentText, timesText } from '../history/figure-words.ts';
import type { Heat } from '../history/heat.ts';
import type { ChartState } from '../layout/chart.ts';
import type { Box, Layout } from '../layout/layout.ts';
import { MEASURES } from '../layout/measures.ts';
import { element, escaped } from './markup.ts';
import { titlePlace } from './title-place.ts';

export interface TitleScene {
  /** Of the state. */
  readonly box: Box;
  readonly layout: Layout;
  readonly heat: Heat | null;
}

/** A state's name; where history is told, for how long and how often it was entered, on a strip of its own. */
export function drawTitle(state: ChartState, { box, layout, heat }: TitleScene): string[] {
  const { name, path, states } = state;
  const { from, to } =
    states.length === 0
      ? { from: box.x + MEASURES.padding, to: box.x + box.width - MEASURES.padding }
      : titlePlace(name, box, layout);
  const text = element('text', { class: 'name', x: from, y: box.y + 19 }, [escaped(name)]);
  if (heat === null || path === '') {
    return [text];
  }
  const { entered, seconds, level } = heat.state(path);
  const strip = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: MEASURES.title - 4 };
  const words = entered === 0 ? 'never' : `${spentText(seconds)} · ${timesText(entered)}×`;
  return [
    element('rect', { class: `heat spent-${level}`, rx: 6, ...strip }),
    text,
    element('text', { class: 'figures', x: to, y: box.y + 18 }, [escaped(words)]),
  ];
}
