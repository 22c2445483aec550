import uPlot from 'uplot';
import type { ChartData } from '../page/chart-data.ts';
import type { ChartName } from '../page/chart-names.ts';
import { DRAWINGS } from './drawings.ts';
import { frameFor } from './frame.ts';
import { paletteOf } from './palette.ts';

export interface PlotFacts {
  readonly loop: ChartData;
  readonly name: ChartName;
}

/** One chart in its place: as wide as that, read with the mouse or with the arrow keys. */
export class Plot {
  readonly #element: HTMLElement;
  readonly #facts: PlotFacts;
  #plot: uPlot | null = null;
  #width = 0;

  constructor(element: HTMLElement, facts: PlotFacts) {
    this.#element = element;
    this.#facts = facts;
    new ResizeObserver(() => this.#resize()).observe(element);
    element.addEventListener('keydown', (event) => this.#read(event));
    this.draw();
  }

  draw(): void {
    const { loop, name } = this.#facts;
    this.#width = this.#element.clientWidth;
    this.#plot?.destroy();
    const palette = paletteOf(this.#element);
    const drawing = DRAWINGS[name](loop, palette);
    const frame = frameFor(loop, { width: this.#width, palette });
    const options: uPlot.Options = {
      ...{ width: frame.width, height: frame.height, cursor: frame.cursor },
      ...{ tzDate: frame.tzDate },
      scales: { x: frame.xScale, ...drawing.scales },
      axes: [frame.axis, ...drawing.axes.map((axis) => ({ ...frame.valueAxis, ...axis }))],
      series: [frame.moments, ...drawing.series],
    };
    this.#plot = new uPlot(options, [[...loop.at], ...drawing.columns], this.#element);
  }

  #resize(): void {
    if (this.#element.clientWidth !== this.#width) {
      this.draw();
    }
  }

  /** Left and right, Home and End go from bucket to bucket that has any iterations. */
  #read(event: KeyboardEvent): void {
    const plot = this.#plot;
    if (!plot || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const now = plot.cursor.idx ?? null;
    const next = this.#next(event.key, now);
    if (next !== null) {
      event.preventDefault();
      const left = plot.valToPos(plot.data[0][next] ?? 0, 'x') + 1;
      plot.setCursor({ left, top: 10 });
      this.#tell(plot);
    }
  }

  #next(key: string, now: number | null): number | null {
    const { groups } = this.#facts.loop;
    const full = this.#facts.loop.at.flatMap((_, index) =>
      Object.values(groups).some((counts) => (counts[index] ?? 0) > 0) ? index : [],
    );
    switch (key) {
      case 'ArrowRight':
        return full.find((index) => now === null || index > now) ?? null;
      case 'ArrowLeft':
        return full.findLast((index) => now === null || index < now) ?? null;
      case 'Home':
        return full[0] ?? null;
      case 'End':
        return full.at(-1) ?? null;
      default:
        return null;
    }
  }

  #tell({ root }: uPlot): void {
    const words = [...root.querySelectorAll('.u-legend .u-series')].map((row) =>
      [...row.children].map((cell) => cell.textContent).join(': '),
    );
    const live = document.querySelector(`#${this.#facts.loop.id}-live`);
    live?.replaceChildren(words.join('; '));
  }
}
