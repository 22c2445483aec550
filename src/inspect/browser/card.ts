import { element } from './element.ts';

export interface Card {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  /** At the right of its heading. */
  readonly aside: HTMLElement;
}

/** A part of the page with a heading of its own. */
export function card(title: string, name: string): Card {
  const id = `${name}-heading`;
  const aside = element('div', { class: 'aside' });
  const body = element('div', { class: 'card-body' });
  const head = element('div', { class: 'card-head' }, element('h2', { id }, title), aside);
  const whole = element('section', { class: `card ${name}`, 'aria-labelledby': id }, head, body);
  return { element: whole, body, aside };
}
