import { element, setHidden } from './element.ts';

export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly panel: HTMLElement;
}

/** One of several parts at a time; the arrow keys go from one to the next. */
export class Tabs {
  readonly #tabs: readonly Tab[];
  readonly #buttons: HTMLButtonElement[];
  readonly #changed: () => void;
  readonly element: HTMLElement;
  #at = 0;

  constructor(label: string, tabs: readonly Tab[], changed: () => void) {
    this.#tabs = tabs;
    this.#changed = changed;
    this.#buttons = tabs.map(({ name, title }, at) => {
      const facts = {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': `panel-${name}`,
      };
      const button = element('button', facts, title);
      button.addEventListener('click', () => this.open(at));
      return button;
    });
    const bar = element(
      'div',
      { class: 'tabs', role: 'tablist', 'aria-label': label },
      ...this.#buttons,
    );
    bar.addEventListener('keydown', (event) => this.#move(event));
    const panels = tabs.map(({ name, panel }) =>
      element(
        'div',
        { class: 'panel', role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}` },
        panel,
      ),
    );
    this.element = element(
      'section',
      { class: 'card activity', 'aria-label': label },
      bar,
      ...panels,
    );
    this.open(0);
  }

  isOpen(name: string): boolean {
    return this.#tabs[this.#at]?.name === name;
  }

  open(at: number): void {
    this.#at = at;
    this.#buttons.forEach((button, other) => {
      button.setAttribute('aria-selected', String(other === at));
      button.tabIndex = other === at ? 0 : -1;
    });
    this.#tabs.forEach(({ panel }, other) => {
      if (panel.parentElement) {
        setHidden(panel.parentElement, other !== at);
      }
    });
    this.#changed();
  }

  #move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.open((this.#at + step + this.#tabs.length) % this.#tabs.length);
      this.#buttons[this.#at]?.focus();
    }
  }
}
