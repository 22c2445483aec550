import type { RecordedEvent } from '../../domain/event.ts';
import { element, setHidden, setText } from './element.ts';
import type { PageModel } from './page-model.ts';
import { keepEnd } from './sticky-scroll.ts';
import { durationText, momentText } from './time-text.ts';

/** What was recorded, with a filter over all that is told of each. */
export class EventsPanel {
  readonly filter = element('input', {
    ...{
      type: 'search',
      placeholder: 'Filter: iteration_end, #12, a target …',
      spellcheck: 'false',
    },
    ...{ 'aria-label': 'Filter events', autocomplete: 'off' },
  });
  readonly #count = element('span', { class: 'soft', role: 'status' });
  readonly #list = element('ol', { class: 'events' });
  readonly #scroll = element(
    'div',
    { class: 'scroll', tabindex: '0', 'aria-label': 'Recorded events' },
    this.#list,
  );
  readonly #none = element('p', { class: 'none' });
  readonly element = element(
    'div',
    {},
    element('div', { class: 'filter' }, this.filter, this.#count),
    this.#scroll,
    this.#none,
  );
  #events: readonly RecordedEvent[] = [];
  readonly #rows = new Map<number, { row: HTMLElement; text: string }>();

  constructor() {
    this.filter.addEventListener('input', () => this.#sift());
    // The first one clears it.
    this.filter.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && this.filter.value === '') {
        this.filter.blur();
      }
    });
  }

  show({ events }: PageModel): void {
    if (events === this.#events) {
      return;
    }
    this.#events = events;
    keepEnd(this.#scroll, () => this.#change(events));
    this.#sift();
  }

  #change(events: readonly RecordedEvent[]): void {
    const kept = new Set(events.map(({ seq }) => seq));
    for (const [seq, { row }] of this.#rows) {
      if (!kept.has(seq)) {
        row.remove();
        this.#rows.delete(seq);
      }
    }
    for (const event of events) {
      if (!this.#rows.has(event.seq)) {
        const row = rowOf(event);
        this.#rows.set(event.seq, { row, text: (row.textContent ?? '').toLowerCase() });
        this.#list.append(row);
      }
    }
  }

  #sift(): void {
    const words = this.filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of this.#rows.values()) {
      const isWanted = words.every((word) => text.includes(word));
      setHidden(row, !isWanted);
      shown += isWanted ? 1 : 0;
    }
    const all = this.#rows.size;
    setText(this.#count, words.length === 0 ? `last ${all}` : `${shown} of the last ${all}`);
    setHidden(this.#scroll, shown === 0);
    setHidden(this.#none, shown > 0);
    setText(this.#none, all === 0 ? 'Nothing was recorded yet.' : 'No event is like that.');
  }
}

function rowOf(event: RecordedEvent): HTMLElement {
  const { timestamp, iteration, event: name, exit_code: exitCode } = event;
  const whole = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('time', {}, momentText(timestamp)),
      element('span', { class: 'number' }, iteration === null ? '' : `#${iteration}`),
      element('span', { class: `event-name ${toneOf(name, exitCode)}` }, name),
      element('span', { class: 'soft what' }, factsOf(event)),
    ),
  );
  whole.addEventListener('toggle', () => {
    if (whole.open && whole.childElementCount === 1) {
      whole.append(element('pre', {}, JSON.stringify(event, null, 2)));
    }
  });
  return element('li', {}, whole);
}

function toneOf(name: string, exitCode: number | null): string {
  if (name === 'iteration_end') {
    return exitCode === 0 ? 'good' : 'bad';
  }
  return (
    { error: 'bad', warning: 'warn', retry: 'warn', gate: 'warn', breaker: 'warn' }[name] ?? ''
  );
}

/** What is plain and says something; all the rest is in the whole of it. */
function factsOf({ details, duration }: RecordedEvent): string {
  const facts = Object.entries(details).flatMap(([name, value]: [string, unknown]) =>
    isPlain(value) ? [`${name}=${plainText(value)}`] : [],
  );
  return [...facts, ...(duration === null ? [] : [`took ${durationText(duration)}`])].join('  ');
}

function isPlain(value: unknown): value is string | number | true {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || value === true;
}

/** Moments become local time. */
function plainText(value: string | number | true): string {
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? momentText(text) : text;
}
