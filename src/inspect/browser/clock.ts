/** Calls everybody a few times a second, so that what is counted goes on. */
export class Clock {
  readonly #listeners: ((now: number) => void)[] = [];

  constructor() {
    setInterval(() => this.#tick(), 250);
  }

  onTick(listener: (now: number) => void): void {
    this.#listeners.push(listener);
  }

  #tick(): void {
    if (document.visibilityState === 'visible') {
      const now = Date.now();
      this.#listeners.forEach((listener) => listener(now));
    }
  }
}
