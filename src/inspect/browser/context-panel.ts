import { element, setHidden, setText } from './element.ts';
import { JsonTree } from './json-tree.ts';
import type { ShownMoment } from './happening.ts';

/** What the machine knows, as a tree. */
export class ContextPanel {
  readonly #tree = new JsonTree();
  readonly #none = element('p', { class: 'none' });
  readonly element = element(
    'div',
    { class: 'scroll', tabindex: '0', 'aria-label': 'Context of the machine' },
    this.#tree.element,
    this.#none,
  );
  #shown: unknown = null;

  show({ context }: ShownMoment): void {
    setHidden(this.#none, context !== null);
    setHidden(this.#tree.element, context === null);
    setText(this.#none, 'Nothing of the machine is known: it has not run yet.');
    if (context !== null && context !== this.#shown) {
      this.#shown = context;
      this.#tree.show(context);
    }
  }
}
