import { element } from './element.ts';
import type { PageModel } from './page-model.ts';

const QUIET_MS = 1_500;

/** Tells those who do not see the page what the loop has come to: not each step, and the last of several. */
export class Announcer {
  readonly element = element('div', { class: 'unseen', 'aria-live': 'polite', role: 'log' });
  #told = '';
  #timer: number | null = null;

  show({ loop }: PageModel): void {
    const words = loop ? `${loop.loop} ${loop.words}` : '';
    if (words !== '' && words !== this.#told && this.#timer === null) {
      this.#timer = window.setTimeout(() => {
        this.#timer = null;
        this.#tell(loop ? words : '');
      }, QUIET_MS);
    }
  }

  #tell(words: string): void {
    this.#told = words;
    this.element.replaceChildren(words);
  }
}
