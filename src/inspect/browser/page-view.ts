import type { MachineChart } from '../machine-chart.ts';
import { Announcer } from './announcer.ts';
import { Banner } from './banner.ts';
import { ChartCard } from './chart-card.ts';
import type { Clock } from './clock.ts';
import { ContextPanel } from './context-panel.ts';
import { element, setHidden, setText } from './element.ts';
import { EventsPanel } from './events-panel.ts';
import { Head } from './head.ts';
import { helpDialog } from './help-dialog.ts';
import { LoopList } from './loop-list.ts';
import { MessagesPanel } from './messages-panel.ts';
import { NowCard } from './now-card.ts';
import { OutputCard } from './output-card.ts';
import type { PageModel } from './page-model.ts';
import { CapsCard, GatesCard, RunCard } from './side-cards.ts';
import { SteeringBar } from './steering-bar.ts';
import { SteeringDialog, type Steer } from './steering-dialog.ts';
import { StepsCard } from './steps-card.ts';
import { Tabs } from './tabs.ts';
import { TravelBar, type ReadHistory } from './travel-bar.ts';

export interface PageViewParts {
  readonly steer: Steer;
  readonly readHistory: ReadHistory;
  readonly clock: Clock;
  /** Something was opened that has to be shown. */
  readonly changed: () => void;
}

/** The whole page; it shows a model, as often as that changes, and touches only what is another. */
export class PageView {
  readonly list = new LoopList();
  readonly steering: SteeringBar;
  readonly help = helpDialog();
  readonly tabs: Tabs;
  readonly travel: TravelBar;
  readonly events = new EventsPanel();
  readonly #banner = new Banner();
  readonly #head: Head;
  readonly #now = new NowCard();
  readonly #output = new OutputCard();
  readonly #messages = new MessagesPanel();
  readonly #context = new ContextPanel();
  readonly #announcer = new Announcer();
  readonly #quiet = [new CapsCard(), new GatesCard(), new RunCard()];
  readonly #empty = element('div', { class: 'empty' });
  readonly #main = element('main', { id: 'main', tabindex: '-1' });
  readonly #wide = element('div', { class: 'wide' });
  readonly #narrow = element('div', { class: 'narrow' });
  readonly #grid = element('div', { class: 'grid' }, this.#wide, this.#narrow);
  readonly element: HTMLElement;
  #chart: ChartCard | null = null;
  #steps: StepsCard | null = null;
  #described: MachineChart | null = null;

  constructor({ steer, readHistory, clock, changed }: PageViewParts) {
    this.travel = new TravelBar(readHistory);
    const dialog = new SteeringDialog(steer);
    this.steering = new SteeringBar(dialog);
    this.#head = new Head(this.steering.element);
    this.tabs = new Tabs(
      'What happened',
      [
        { name: 'messages', title: 'Messages', panel: this.#messages.element },
        { name: 'events', title: 'Events', panel: this.events.element },
        { name: 'context', title: 'Context', panel: this.#context.element },
      ],
      changed,
    );
    const keys = element(
      'button',
      { type: 'button', class: 'keys-button', 'aria-label': 'Keys of this page' },
      '?',
    );
    keys.addEventListener('click', () => this.help.showModal());
    this.list.element.append(keys);
    this.#wide.append(this.#output.element, this.tabs.element);
    this.#narrow.append(this.#now.element, ...this.#quiet.map((quiet) => quiet.element));
    this.#main.append(this.#banner.element, this.#head.element, this.#grid, this.#empty);
    const skip = element('a', { class: 'skip', href: '#main' }, 'To the loop');
    skip.addEventListener('click', (event) => {
      event.preventDefault();
      this.#main.focus();
    });
    this.element = element(
      'div',
      { class: 'page' },
      skip,
      this.list.element,
      this.#main,
      dialog.element,
      this.help,
      this.#announcer.element,
    );
    clock.onTick((now) => {
      this.#head.tick(now);
      this.#now.tick(now);
    });
  }

  /** As soon as it is known. */
  draw(chart: MachineChart): void {
    this.#described = chart;
    this.#chart = new ChartCard(chart, this.travel);
    this.#steps = new StepsCard(chart);
    this.#wide.prepend(this.#chart.element);
    this.#now.element.after(this.#steps.element);
  }

  toggleFollowing(): void {
    this.#chart?.toggleFollowing();
  }

  show(model: PageModel): void {
    const isThere = Boolean(model.loop);
    this.list.show(model);
    this.#banner.show(model, this.#described?.definitionHash ?? null);
    this.#head.show(model);
    this.#head.tick(Date.now());
    this.steering.show(model);
    setHidden(this.#grid, !isThere);
    this.#showEmpty(model);
    if (isThere) {
      this.#showLoop(model);
    }
    this.#announcer.show(model);
    document.title = model.loop ? `${model.loop.loop} ${model.loop.words} · autoloop` : 'autoloop';
  }

  #showLoop(model: PageModel): void {
    const { states = {} } = this.#described ?? {};
    this.#now.show(model, (state) => states[state] ?? '');
    this.#output.show(model);
    this.#quiet.forEach((quiet) => quiet.show(model));
    this.#chart?.show(model);
    this.#steps?.show(model.shown);
    if (this.tabs.isOpen('messages')) {
      this.#messages.show(model);
    } else if (this.tabs.isOpen('events')) {
      this.events.show(model);
    } else {
      this.#context.show(model.shown);
    }
  }

  #showEmpty({ loops, loop, choice, connection }: PageModel): void {
    const isEmpty = loops !== null && loops.length === 0 && choice === null;
    setHidden(this.#empty, !isEmpty || connection === 'refused');
    if (isEmpty && !loop && !this.#empty.firstChild) {
      this.#empty.append(
        element('h1', {}, 'No loop has run here yet'),
        element(
          'p',
          {},
          'As soon as one does, it appears here by itself. See it work, without an account:',
        ),
        element('pre', {}, 'autoloop run --task demo'),
        element('p', {}, 'Or set up this project:'),
        element('pre', {}, 'autoloop init'),
      );
    }
  }

  /** Instead of everything: why nothing can be shown. */
  refuse(text: string): void {
    const words = element('p', { role: 'alert' });
    setText(words, text);
    this.element.replaceChildren(
      element('main', { class: 'refused' }, element('h1', {}, 'autoloop'), words),
    );
  }
}
