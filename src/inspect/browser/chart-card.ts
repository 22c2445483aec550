import type { MachineChart } from '../machine-chart.ts';
import { card } from './card.ts';
import { chartFrom } from './chart-svg.ts';
import { element } from './element.ts';
import type { ShownMoment } from './happening.ts';
import type { PageModel } from './page-model.ts';
import { StateStrip } from './state-strip.ts';
import type { TravelBar } from './travel-bar.ts';

const ZOOMS = [0.4, 0.55, 0.7, 0.85, 1, 1.25, 1.6];
const USUAL = 3;

/** The statechart: where the machine is, which way it came there last, and where it has been. */
export class ChartCard {
  readonly #card = card('Machine', 'machine');
  readonly element = this.#card.element;
  readonly #strip: StateStrip;
  readonly #travel: TravelBar;
  readonly #picture: SVGElement | null;
  readonly #pane = element('div', {
    class: 'chart',
    tabindex: '0',
    'aria-label': 'Statechart; scrolls',
  });
  readonly #follow = element('button', { type: 'button', 'aria-pressed': 'true' }, 'Follow');
  readonly #states: Map<string, Element>;
  readonly #edges: Map<string, Element[]>;
  #zoom = USUAL;
  #follows = true;
  #active = '';
  #visited = '';
  #taken = '';
  #revealedAt = 0;
  #takenEdges: ReadonlySet<Element> = new Set();

  constructor({ svg, states }: MachineChart, travel: TravelBar) {
    this.#travel = travel;
    this.#strip = new StateStrip(states);
    const picture = chartFrom(svg);
    this.#picture = picture instanceof SVGElement ? picture : null;
    this.#states = byState(picture);
    this.#edges = byEdge(picture);
    this.#pane.append(picture);
    this.#card.aside.append(...this.#controls());
    this.#card.body.append(this.#strip.element, travel.element, this.#pane);
    this.#scale();
    new ResizeObserver(() => this.#reveal()).observe(this.#pane);
  }

  show(model: PageModel): void {
    const { shown } = model;
    this.#strip.show(shown);
    this.#showActive(shown.active);
    this.#showVisited(shown.visited);
    this.#showTaken(shown);
    this.#travel.show(model);
    this.element.classList.toggle('past', model.travel !== null);
  }

  toggleFollowing(): void {
    this.#follows = !this.#follows;
    this.#follow.setAttribute('aria-pressed', String(this.#follows));
    this.#reveal();
  }

  #controls(): HTMLElement[] {
    const smaller = element('button', { type: 'button', 'aria-label': 'Smaller' }, '−');
    const larger = element('button', { type: 'button', 'aria-label': 'Larger' }, '+');
    smaller.addEventListener('click', () => this.#zoomBy(-1));
    larger.addEventListener('click', () => this.#zoomBy(1));
    this.#follow.addEventListener('click', () => this.toggleFollowing());
    return [this.#travel.button, this.#follow, smaller, larger];
  }

  #zoomBy(step: number): void {
    this.#zoom = Math.min(ZOOMS.length - 1, Math.max(0, this.#zoom + step));
    this.#scale();
    this.#reveal();
  }

  #scale(): void {
    const width = Number(this.#picture?.getAttribute('width') ?? 0);
    this.#picture?.style.setProperty('width', `${Math.round(width * (ZOOMS[this.#zoom] ?? 1))}px`);
  }

  #showActive(active: readonly string[]): void {
    const mark = active.join(' ');
    if (mark === this.#active) {
      return;
    }
    this.#active = mark;
    this.#states.forEach((state, path) =>
      state.classList.toggle('is-active', active.includes(path)),
    );
    this.#states.forEach((state, path) =>
      state.classList.toggle('is-here', path === active.at(-1)),
    );
    this.#reveal();
  }

  #showVisited(visited: ReadonlySet<string>): void {
    const mark = [...visited].join(' ');
    if (mark !== this.#visited) {
      this.#visited = mark;
      this.#states.forEach((state, path) =>
        state.classList.toggle('is-visited', visited.has(path)),
      );
    }
  }

  /** The way it came stays marked until it goes another. */
  #showTaken({ steps }: ShownMoment): void {
    const last = steps.at(-1);
    const mark = `${last?.number} ${last?.at}`;
    if (mark === this.#taken) {
      return;
    }
    this.#taken = mark;
    const taken = new Set((last?.taken ?? []).flatMap((id) => this.#edges.get(id) ?? []));
    this.#takenEdges.forEach((edge) => edge.classList.toggle('is-taken', taken.has(edge)));
    taken.forEach((edge) => edge.classList.add('is-taken'));
    this.#takenEdges = taken;
  }

  /** Scrolls the pane alone, never the page. One state after the other is jumped to: a ride would never arrive. */
  #reveal(): void {
    const here = this.#states.get(this.#active.split(' ').at(-1) ?? '');
    if (!this.#follows || !here || this.#pane.clientHeight === 0) {
      return;
    }
    const box = here.getBoundingClientRect();
    const pane = this.#pane.getBoundingClientRect();
    const now = performance.now();
    const isCalm = now - this.#revealedAt > CALM_MS && !REDUCED_MOTION.matches;
    this.#revealedAt = now;
    this.#pane.scrollBy({
      left: box.left + box.width / 2 - (pane.left + pane.width / 2),
      top: box.top + box.height / 2 - (pane.top + pane.height / 2),
      behavior: isCalm ? 'smooth' : 'instant',
    });
  }
}

const CALM_MS = 1_500;
const REDUCED_MOTION = matchMedia('(prefers-reduced-motion: reduce)');

function byState(picture: Element): Map<string, Element> {
  const found = [...picture.querySelectorAll('[data-state]')];
  return new Map(found.map((state) => [state.getAttribute('data-state') ?? '', state]));
}

/** A row is of one transition, an arrow of several. */
function byEdge(picture: Element): Map<string, Element[]> {
  const edges = new Map<string, Element[]>();
  for (const edge of picture.querySelectorAll('[data-edges]')) {
    for (const id of idsOf(edge)) {
      edges.set(id, [...(edges.get(id) ?? []), edge]);
    }
  }
  return edges;
}

function idsOf(edge: Element): string[] {
  return (edge.getAttribute('data-edges') ?? '').split(' ').filter(Boolean);
}
