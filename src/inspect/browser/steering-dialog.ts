import type { LoopView } from '../page-news.ts';
import type { SteeringAnswer, SteeringCommand } from '../steering.ts';
import { element, setHidden, setText } from './element.ts';
import { STEERING_WORDS } from './steering-words.ts';

export type Steer = (loop: string, command: SteeringCommand) => Promise<SteeringAnswer>;

/** Says what will happen before it is asked for, and what the runner answered. */
export class SteeringDialog {
  readonly #steer: Steer;
  readonly #title = element('h2', { id: 'steering-title' });
  readonly #effect = element('p', { id: 'steering-effect' });
  readonly #answer = element('p', { class: 'answer', role: 'status' });
  readonly #cancel = element('button', { type: 'button' }, 'Cancel');
  readonly #confirm = element('button', { type: 'button', class: 'main' });
  readonly element = element(
    'dialog',
    { 'aria-labelledby': 'steering-title', 'aria-describedby': 'steering-effect' },
    this.#title,
    this.#effect,
    this.#answer,
    element('div', { class: 'buttons' }, this.#cancel, this.#confirm),
  );
  #asked: { readonly loop: LoopView; readonly command: SteeringCommand } | null = null;

  constructor(steer: Steer) {
    this.#steer = steer;
    this.#cancel.addEventListener('click', () => this.element.close());
    this.#confirm.addEventListener('click', () => void this.#ask());
    this.element.addEventListener('click', (event) => {
      if (event.target === this.element) {
        this.element.close();
      }
    });
  }

  open(loop: LoopView, command: SteeringCommand): void {
    const { name, isHarsh, effect } = STEERING_WORDS[command];
    this.#asked = { loop, command };
    setText(this.#title, `${name} “${loop.loop}”?`);
    setText(this.#effect, effect(loop));
    setText(this.#answer, '');
    setText(this.#confirm, name);
    setText(this.#cancel, 'Cancel');
    this.#confirm.className = isHarsh ? 'main harsh' : 'main';
    this.#confirm.disabled = false;
    setHidden(this.#effect, false);
    setHidden(this.#confirm, false);
    if (!this.element.open) {
      this.element.showModal();
    }
    this.#confirm.focus();
  }

  async #ask(): Promise<void> {
    const asked = this.#asked;
    if (asked === null) {
      return;
    }
    this.#confirm.disabled = true;
    setText(this.#answer, asked.command === 'force-stop' ? 'Ending it …' : 'Asking its runner …');
    const { isDone, message } = await this.#steer(asked.loop.loop, asked.command).catch(
      (error: unknown) => ({ isDone: false, message: String(error) }),
    );
    if (this.#asked === asked) {
      setText(this.#answer, message);
      this.#answer.className = isDone ? 'answer good' : 'answer bad';
      setHidden(this.#effect, true);
      setHidden(this.#confirm, true);
      setText(this.#cancel, 'Close');
      this.#cancel.focus();
    }
  }
}
