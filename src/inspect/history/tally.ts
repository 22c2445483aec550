import { pathsTo } from '../paths-to.ts';
import type { MachineHistory, TalliedStep } from './machine-history.ts';

/** Adds steps up, in the order in which they were taken; of several runs, one run after the other. */
export class HistoryTally {
  readonly #transitions = new Map<string, number>();
  readonly #states = new Map<string, { entered: number; ms: number }>();
  #last: TalliedStep | null = null;
  #steps = 0;
  #from: number | null = null;

  add(step: TalliedStep): void {
    const before = step.kind === 'step' ? this.#last : null;
    const wasIn = new Set(before === null ? [] : pathsTo(before.state));
    for (const path of wasIn) {
      this.#state(path).ms += Math.max(0, step.at - (before?.at ?? step.at));
    }
    for (const path of step.kind === 'resume' ? [] : entered(step)) {
      this.#state(path).entered += wasIn.has(path) ? 0 : 1;
    }
    for (const id of step.taken) {
      this.#transitions.set(id, (this.#transitions.get(id) ?? 0) + 1);
    }
    this.#last = step;
    this.#steps += step.kind === 'step' ? 1 : 0;
    this.#from ??= step.at;
  }

  get history(): MachineHistory {
    return {
      steps: this.#steps,
      from: this.#from,
      until: this.#last?.at ?? null,
      transitions: Object.fromEntries(this.#transitions),
      states: Object.fromEntries(
        [...this.#states].map(([path, { ms, ...spent }]) => [
          path,
          { ...spent, seconds: ms / 1000 },
        ]),
      ),
    };
  }

  #state(path: string): { entered: number; ms: number } {
    const known = this.#states.get(path) ?? { entered: 0, ms: 0 };
    this.#states.set(path, known);
    return known;
  }
}

/** Where it came to, and what it passed through on the way: the sources of what is taken at once. */
function entered({ state, taken }: TalliedStep): Set<string> {
  const passed = taken.map(sourceOfAlways).filter((path) => path !== null);
  return new Set([...passed, state].flatMap(pathsTo));
}

/** `waiting.arriving::4`. */
function sourceOfAlways(id: string): string | null {
  return /^([^:]+)::\d+$/.exec(id)?.[1] ?? null;
}
