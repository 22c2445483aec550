/** Numbers the sessions of each scenario by first sight, from 1. */
export class SessionNumbers {
  readonly #sessions = new Map<string, string[]>();

  numberOf(scenario: string, sessionId: string): number {
    const seen = this.#sessions.get(scenario) ?? [];
    if (!seen.includes(sessionId)) {
      seen.push(sessionId);
    }
    this.#sessions.set(scenario, seen);
    return seen.indexOf(sessionId) + 1;
  }
}
