import { steeringFor, STEERING_COMMANDS, type SteeringCommand } from '../steering.ts';
import { element, setHidden } from './element.ts';
import type { PageModel } from './page-model.ts';
import type { SteeringDialog } from './steering-dialog.ts';
import { STEERING_WORDS } from './steering-words.ts';

/** What can be asked of the loop as it is now. */
export class SteeringBar {
  readonly element = element('div', {
    class: 'steering',
    role: 'group',
    'aria-label': 'Steer this loop',
  });
  readonly #dialog: SteeringDialog;
  readonly #buttons = new Map<SteeringCommand, HTMLButtonElement>();
  #model: PageModel | null = null;

  constructor(dialog: SteeringDialog) {
    this.#dialog = dialog;
    for (const command of STEERING_COMMANDS) {
      const { name, isHarsh } = STEERING_WORDS[command];
      const button = element('button', { type: 'button', class: isHarsh ? 'harsh' : '' }, name);
      button.addEventListener('click', () => this.ask(command));
      this.#buttons.set(command, button);
      this.element.append(button);
    }
  }

  show(model: PageModel): void {
    this.#model = model;
    const sensible = this.#sensible();
    this.#buttons.forEach((button, command) => setHidden(button, !sensible.includes(command)));
    setHidden(this.element, sensible.length === 0);
  }

  /** Nothing where it makes no sense. */
  ask(command: SteeringCommand): void {
    const loop = this.#model?.loop;
    if (loop && this.#sensible().includes(command)) {
      this.#dialog.open(loop, command);
    }
  }

  #sensible(): readonly SteeringCommand[] {
    const model = this.#model;
    return model?.loop && model.connection === 'open' ? steeringFor(model.loop) : [];
  }
}
