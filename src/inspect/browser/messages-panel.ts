import { element, setHidden, setText } from './element.ts';
import { eventWords } from '../event-words.ts';
import { ROOT, type Happening } from './happening.ts';
import { MOST_ROWS, type PageModel } from './page-model.ts';
import { keepEnd } from './sticky-scroll.ts';
import { momentText } from './time-text.ts';

const OUTSIDE = 'outside';

/** Who tells whom what: a line for each message, with an arrow between the lifelines of the two. */
export class MessagesPanel {
  readonly #heads = element('div', { class: 'lanes heads', 'aria-hidden': 'true' });
  readonly #list = element('ol', { class: 'messages' });
  readonly #scroll = element(
    'div',
    { class: 'scroll', tabindex: '0', 'aria-label': 'Messages between actors' },
    element('div', { class: 'message-heads' }, this.#heads),
    this.#list,
  );
  readonly #none = element('p', { class: 'none' });
  readonly #lost = element('p', { class: 'soft lost' });
  readonly element = element('div', {}, this.#lost, this.#scroll, this.#none);
  #lanes: string[] = [];
  #last = 0;

  show({ happenings, lost, loop }: PageModel): void {
    const newest = happenings.at(-1)?.number ?? 0;
    if (newest < this.#last || happenings.length === 0) {
      this.#clear();
    }
    const fresh = happenings.filter(({ number }) => number > this.#last);
    if (fresh.length > 0) {
      this.#last = newest;
      keepEnd(this.#scroll, () => this.#add(fresh));
    }
    setHidden(this.#scroll, happenings.length === 0);
    setHidden(this.#none, happenings.length > 0);
    setHidden(this.#lost, lost === 0);
    setText(this.#lost, `${lost} more came faster than they could be shown.`);
    setText(
      this.#none,
      loop?.runner === 'answers'
        ? 'Nothing was heard since this page began to listen. History shows what was before.'
        : 'Messages are seen while a runner plays the loop.',
    );
  }

  #add(fresh: readonly Happening[]): void {
    fresh.forEach(({ source, target }) =>
      [source ?? OUTSIDE, target].forEach((name) => this.#meet(name)),
    );
    this.#list.append(...fresh.map((happening) => this.#row(happening)));
    for (let more = this.#list.children.length - MOST_ROWS; more > 0; more -= 1) {
      this.#list.firstElementChild?.remove();
    }
  }

  /** The outside and the loop stand first, whoever comes first. */
  #meet(name: string): void {
    if (this.#lanes.length === 0) {
      [OUTSIDE, ROOT].forEach((first) => this.#addLane(first));
    }
    if (!this.#lanes.includes(name)) {
      this.#addLane(name);
    }
  }

  #addLane(name: string): void {
    this.#lanes.push(name);
    this.#heads.append(element('span', { title: name }, breakable(name)));
    this.#scroll.style.setProperty('--lanes', String(this.#lanes.length));
  }

  #row(happening: Happening): HTMLElement {
    const { at, source, target, event, state } = happening;
    const [from, to] = [this.#lanes.indexOf(source ?? OUTSIDE), this.#lanes.indexOf(target)];
    const words =
      state === null
        ? [
            element('span', { class: 'soft' }, `${source ?? OUTSIDE} → ${target}: `),
            eventWords(event.type, source),
          ]
        : [element('span', { class: 'now-in' }, 'now in '), element('b', {}, state)];
    const mark = element('i', {
      class: state === null ? (to < from ? 'arrow back' : 'arrow') : 'step',
    });
    mark.style.setProperty('--from', String(Math.min(from, to)));
    mark.style.setProperty('--to', String(Math.max(from, to)));
    if (state !== null) {
      mark.style.setProperty('--from', String(to));
    }
    const line = element(
      'summary',
      {},
      element('time', {}, momentText(at)),
      element('span', { class: 'what' }, ...words),
      element('span', { class: 'lanes', 'aria-hidden': 'true' }, mark),
    );
    const whole = element('details', {}, line);
    whole.addEventListener('toggle', () => {
      if (whole.open && whole.childElementCount === 1) {
        whole.append(element('pre', {}, JSON.stringify(event, null, 2)));
      }
    });
    return element('li', { class: state === null ? 'message' : 'message stepped' }, whole);
  }

  #clear(): void {
    this.#list.replaceChildren();
    this.#heads.replaceChildren();
    this.#lanes = [];
    this.#last = 0;
  }
}

/** Where its words meet: `run`, `Attempt`. */
function breakable(name: string): string {
  return name.replaceAll(/(?=[A-Z])/g, '\u200B');
}
