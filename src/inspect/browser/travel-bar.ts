import type { LoopHistory } from '../loop-history.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import { eventWords } from '../event-words.ts';
import type { PageModel } from './page-model.ts';
import { Travel } from './travel.ts';
import { momentText } from './time-text.ts';

export type ReadHistory = (loop: string) => Promise<LoopHistory>;

/** Goes back through what the machine did in this run, step by step, and to now again. */
export class TravelBar {
  readonly button = element('button', { type: 'button', 'aria-pressed': 'false' }, 'History');
  readonly #read: ReadHistory;
  readonly #slider = element('input', {
    type: 'range',
    min: 0,
    step: 1,
    'aria-label': 'Step of the run',
  });
  readonly #words = element('p', { class: 'soft', role: 'status' });
  readonly #bar = element(
    'div',
    { class: 'pair' },
    this.#stepper('Step before', '‹', -1),
    this.#slider,
    this.#stepper('Step after', '›', 1),
  );
  readonly element = element('div', { class: 'travel' }, this.#bar, this.#words);
  #model: PageModel | null = null;
  /** Why there is none. */
  #trouble: string | null = null;

  constructor(read: ReadHistory) {
    this.#read = read;
    this.button.addEventListener('click', () => void this.toggle());
    this.#slider.addEventListener('input', () => this.#goTo(Number(this.#slider.value)));
  }

  show(model: PageModel): void {
    this.#model = model;
    const { travel } = model;
    setAttribute(this.button, 'aria-pressed', String(travel !== null));
    setHidden(this.#bar, travel === null);
    setHidden(this.element, travel === null && this.#trouble === null);
    const words = travel === null ? (this.#trouble ?? '') : wordsOf(travel);
    setText(this.#words, words);
    if (travel !== null) {
      this.#slider.max = String(travel.history.steps.length - 1);
      this.#slider.value = String(travel.at);
      setAttribute(this.#slider, 'aria-valuetext', words);
    }
  }

  async toggle(): Promise<void> {
    const model = this.#model;
    const loop = model?.loop?.loop;
    this.#trouble = null;
    if (model?.travel) {
      this.leave();
    } else if (model && loop !== undefined) {
      const travel = await this.#travelIn(loop);
      if (model.choice === loop) {
        model.goBack(travel);
        this.show(model);
        this.#slider.focus();
      }
    }
  }

  /** To now again. */
  leave(): void {
    if (this.#model?.travel) {
      this.#model.goBack(null);
      this.button.focus();
    }
  }

  async #travelIn(loop: string): Promise<Travel | null> {
    try {
      return new Travel(await this.#read(loop));
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  #stepper(name: string, sign: string, by: number): HTMLButtonElement {
    const button = element('button', { type: 'button', 'aria-label': name }, sign);
    button.addEventListener('click', () => this.#goTo((this.#model?.travel?.at ?? 0) + by));
    return button;
  }

  #goTo(at: number): void {
    const travel = this.#model?.travel ?? null;
    travel?.goTo(at);
    this.#model?.goBack(travel);
  }
}

function wordsOf({ at, history }: Travel): string {
  const step = history.steps[at];
  if (!step) {
    return '';
  }
  const last = history.steps.at(-1)?.n ?? step.n;
  const head = `Step ${step.n} of ${last}, ${momentText(step.at)}: ${eventWords(step.event.type)} → ${step.state}`;
  const left =
    history.left === 0 || at > 0 ? '' : ` The ${history.left} before it: autoloop replay`;
  return `${head}.${left}${at === history.steps.length - 1 && history.trouble !== null ? ` ${history.trouble}` : ''}`;
}
