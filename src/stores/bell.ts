/** Wakes one sleeper. Rung while nobody sleeps, it wakes the next one at once: nothing is missed. */
export class Bell {
  #wasRung = false;
  #wake: () => void = () => undefined;

  ring(): void {
    this.#wasRung = true;
    this.#wake();
  }

  async heard(): Promise<void> {
    if (!this.#wasRung) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wasRung = false;
  }
}
