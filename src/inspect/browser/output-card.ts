import { card } from './card.ts';
import { element, setHidden, setText } from './element.ts';
import type { PageModel } from './page-model.ts';
import { keepEnd } from './sticky-scroll.ts';

/** The end of what the agent says and does, a line each. */
export class OutputCard {
  readonly #card = card('Agent output', 'output');
  readonly element = this.#card.element;
  readonly #lines = element('pre', { tabindex: '0', 'aria-label': 'Last output of the agent' });
  readonly #none = element('p', { class: 'none' });

  constructor() {
    this.#card.body.append(this.#lines, this.#none);
  }

  show({ output, loop }: PageModel): void {
    const text = (output?.lines ?? []).join('\n');
    setText(this.#card.aside, output === null ? '' : `iteration ${output.iteration}`);
    if (this.#lines.textContent !== text) {
      keepEnd(this.#lines, () => setText(this.#lines, text));
    }
    setHidden(this.#lines, text === '');
    setHidden(this.#none, text !== '');
    const isWorking = loop?.status?.worker !== null && loop?.status?.worker !== undefined;
    setText(
      this.#none,
      isWorking ? 'It has said nothing yet.' : 'No worker of this iteration has said anything.',
    );
  }
}
