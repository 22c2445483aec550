import { element, setAttribute, setText } from './element.ts';
import type { ShownMoment } from './happening.ts';

/** The outermost states in a row: where the loop is, at a glance and on a phone. */
export class StateStrip {
  readonly element = element('ol', { class: 'strip', 'aria-label': 'States of the loop' });
  readonly #chips = new Map<string, { chip: HTMLElement; inner: HTMLElement }>();

  constructor(states: Readonly<Record<string, string>>) {
    for (const [path, description] of Object.entries(states)) {
      if (path !== '' && !path.includes('.')) {
        const inner = element('small');
        const chip = element('li', { title: description }, element('span', {}, path), inner);
        this.#chips.set(path, { chip, inner });
        this.element.append(chip);
      }
    }
  }

  show({ active, visited }: ShownMoment): void {
    this.#chips.forEach(({ chip, inner }, path) => {
      const isActive = active.includes(path);
      const deepest = active.findLast((other) => other.startsWith(`${path}.`)) ?? '';
      setText(inner, isActive ? deepest.slice(path.length + 1) : '');
      setAttribute(chip, 'class', isActive ? 'active' : visited.has(path) ? 'visited' : '');
      if (isActive) {
        setAttribute(chip, 'aria-current', 'step');
      } else {
        chip.removeAttribute('aria-current');
      }
    });
  }
}
