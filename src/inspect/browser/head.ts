import { element, setAttribute, setHidden, setText } from './element.ts';
import type { PageModel } from './page-model.ts';
import { momentText, sinceText } from './time-text.ts';

/** Which loop it is, and what it does, for how long. */
export class Head {
  readonly #dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #name = element('h1');
  readonly #words = element('span', { class: 'words' });
  readonly #since = element('span', { class: 'since' });
  readonly #facts = element('p', { class: 'soft' });
  readonly element: HTMLElement;
  #sinceIso: string | null = null;
  #goesOn = false;
  /** The state that a dead runner was in; null: it lives, or has ended the run. */
  #left: string | null = null;

  constructor(steering: HTMLElement) {
    const line = element('p', { class: 'doing' }, this.#words, ' ', this.#since);
    const names = element(
      'div',
      { class: 'names' },
      element('div', { class: 'title' }, this.#dot, this.#name),
      line,
      this.#facts,
    );
    this.element = element('header', { class: 'head' }, names, steering);
  }

  show({ loop }: PageModel): void {
    setHidden(this.element, !loop);
    if (!loop) {
      return;
    }
    const { status } = loop;
    setAttribute(this.#dot, 'class', `dot ${loop.tone}`);
    setText(this.#name, loop.loop);
    setText(this.#words, loop.words);
    this.#sinceIso = status?.since ?? null;
    this.#goesOn = status?.running ?? false;
    this.#left = status?.stale ? status.state : null;
    const facts = [
      status && status.task !== status.loop ? `task ${status.task}` : null,
      status?.runId ? `run ${status.runId}` : null,
      status?.pid ? `pid ${status.pid}` : null,
    ];
    setText(this.#facts, facts.filter((fact) => fact !== null).join(' · '));
  }

  /** When a runner died, nobody has written down. */
  #sinceWords(iso: string, now: number): string {
    if (this.#left !== null) {
      return `in ${this.#left}, where it was since ${momentText(iso)}`;
    }
    const passed = sinceText(iso, now);
    return this.#goesOn ? `for ${passed}` : `${passed} ago`;
  }

  tick(now: number): void {
    setText(this.#since, this.#sinceIso === null ? '' : this.#sinceWords(this.#sinceIso, now));
  }
}
