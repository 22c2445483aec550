import { element, setHidden, setText } from './element.ts';

/** Names with what they stand for; one without a text is not shown. */
export class FactList {
  readonly element = element('dl', { class: 'facts' });
  readonly #rows = new Map<string, { row: HTMLElement; text: HTMLElement }>();

  set(name: string, text: string | null): void {
    const { row, text: cell } = this.#rows.get(name) ?? this.#add(name);
    setHidden(row, text === null);
    setText(cell, text ?? '');
  }

  #add(name: string): { row: HTMLElement; text: HTMLElement } {
    const text = element('dd');
    const row = element('div', {}, element('dt', {}, name), text);
    this.element.append(row);
    this.#rows.set(name, { row, text });
    return { row, text };
  }
}
