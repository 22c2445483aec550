import type { MachineChart } from '../machine-chart.ts';
import { card } from './card.ts';
import { element, setHidden } from './element.ts';
import { eventWords } from '../event-words.ts';
import type { Happening, ShownMoment } from './happening.ts';
import { momentText } from './time-text.ts';

const SHOWN = 6;

/** The last ways the machine took, the newest first. */
export class StepsCard {
  readonly #card = card('Last transitions', 'steps');
  readonly element = this.#card.element;
  readonly #list = element('ol');
  readonly #none = element(
    'p',
    { class: 'none' },
    'None was seen since this page was opened. History shows those before.',
  );
  readonly #transitions: MachineChart['transitions'];
  #newest = '';

  constructor({ transitions }: MachineChart) {
    this.#transitions = transitions;
    this.#card.body.append(this.#list, this.#none);
  }

  show({ steps: all }: ShownMoment): void {
    const steps = all.slice(-SHOWN);
    const newest = `${steps.at(-1)?.number} ${steps.at(-1)?.at}`;
    if (newest !== this.#newest) {
      this.#newest = newest;
      this.#list.replaceChildren(...steps.toReversed().map((step) => this.#row(step)));
      setHidden(this.#none, steps.length > 0);
    }
  }

  #row({ at, event, state, taken }: Happening): HTMLElement {
    const ways = taken.flatMap((id) => this.#transitions[id] ?? []);
    const [first] = ways;
    const from = first ? `${first.source === '' ? 'any state' : first.source} → ` : '';
    const stays = ways.length > 0 && ways.every(({ target }) => target === null);
    const words = ways.flatMap(({ description }) => description ?? []).at(0) ?? null;
    return element(
      'li',
      {},
      element('time', {}, momentText(at)),
      element(
        'div',
        {},
        element('b', {}, eventWords(event.type)),
        words === null ? null : element('p', { class: 'soft' }, words),
      ),
      element('div', { class: 'way' }, from, element('code', {}, stays ? 'stays' : (state ?? ''))),
    );
  }
}
