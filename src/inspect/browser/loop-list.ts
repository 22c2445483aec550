import type { LoopRow } from '../page-news.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import type { PageModel } from './page-model.ts';
import { addressOf } from './session.ts';

/** All loops of the data folder; each is a link, so that it can be opened in a tab of its own. */
export class LoopList {
  readonly #list = element('ul', { class: 'loops' });
  readonly #empty = element('p', { class: 'none' });
  readonly #heading = element('h2', { id: 'loops-heading' }, 'Loops');
  readonly element = element(
    'nav',
    { class: 'side', 'aria-labelledby': 'loops-heading' },
    element(
      'div',
      { class: 'brand' },
      element('span', { class: 'mark', 'aria-hidden': 'true' }),
      'autoloop',
    ),
    this.#heading,
    this.#list,
    this.#empty,
  );
  readonly #rows = new Map<string, LoopLink>();

  show({ loops, choice }: PageModel): void {
    const known = loops ?? [];
    for (const [name, row] of this.#rows) {
      if (!known.some(({ loop }) => loop === name)) {
        row.element.remove();
        this.#rows.delete(name);
      }
    }
    known.forEach((loop, at) => {
      const row = this.#rows.get(loop.loop) ?? this.#add(loop.loop);
      row.show(loop, loop.loop === choice);
      if (this.#list.children[at] !== row.element) {
        this.#list.insertBefore(row.element, this.#list.children[at] ?? null);
      }
    });
    setHidden(this.#empty, loops === null || known.length > 0);
    setText(this.#empty, 'None has run here yet.');
  }

  #add(loop: string): LoopLink {
    const row = new LoopLink(loop);
    this.#rows.set(loop, row);
    return row;
  }
}

class LoopLink {
  readonly #dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #words = element('span', { class: 'words' });
  readonly #number = element('span', { class: 'number' });
  readonly #link: HTMLAnchorElement;
  readonly element: HTMLElement;

  constructor(loop: string) {
    const name = element('span', { class: 'name' }, loop);
    this.#link = element(
      'a',
      { href: addressOf(loop) },
      this.#dot,
      name,
      this.#number,
      this.#words,
    );
    this.element = element('li', {}, this.#link);
  }

  show({ tone, words, iteration }: LoopRow, isChosen: boolean): void {
    setAttribute(this.#dot, 'class', `dot ${tone}`);
    setText(this.#words, words);
    setText(this.#number, iteration === 0 ? '' : `#${iteration}`);
    if (isChosen) {
      setAttribute(this.#link, 'aria-current', 'page');
    } else {
      this.#link.removeAttribute('aria-current');
    }
  }
}
