import { AutoloopError, EXIT } from '../domain/error.ts';
import { insist } from '../stores/insist.ts';
import type { LoopLock } from '../ports/loop-lock.ts';

/** Something of the data folder that this runner alone writes. */
export interface GuardedFile {
  readonly name: string;
  /** Makes it what the runner left it to be. What was wrong and what was done; null: nothing. */
  readonly mend: () => string | null;
}

export interface GuardFacts {
  readonly lock: LoopLock;
  /** The data folder itself. */
  readonly folder: GuardedFile;
  readonly files: () => readonly GuardedFile[];
  /** Several at once, as the snapshot and its former generation. */
  readonly mendSnapshots: () => ReadonlyMap<string, string>;
  /** Number of the last iteration begun. */
  readonly iteration: () => number;
  readonly warn: (message: string) => void;
}

/**
 * An agent may delete or edit the loop's own files: `git clean -fdx` does, where they lie in its workspace. What was
 * done to them is undone from memory, and told in one warning; of each file once in an iteration.
 */
export class TamperGuard {
  readonly #facts: GuardFacts;
  readonly #untold = new Map<string, string>();
  readonly #told = new Set<string>();
  #toldOf = 0;

  constructor(facts: GuardFacts) {
    this.#facts = facts;
  }

  look(): void {
    this.mend();
    this.tell();
  }

  /** Throws AutoloopError 152 where another runner may own the loop; 153 or 155 where the disk refuses. */
  mend(): void {
    this.#mendFolder();
    this.#facts.mendSnapshots().forEach((wrong, name) => this.#hold(name, wrong));
    this.#facts.files().forEach((file) => this.#mendOne(file));
  }

  /** Something that is looked after elsewhere; told with the rest at the next look. */
  note(name: string, wrong: string): void {
    this.#hold(name, wrong);
  }

  /** Apart from `mend`: a warning must not come between a step's events and its snapshot. */
  tell(): void {
    const { iteration, warn } = this.#facts;
    if (this.#toldOf !== iteration()) {
      this.#toldOf = iteration();
      this.#told.clear();
    }
    const news = [...this.#untold].filter(([name]) => !this.#told.has(name));
    this.#untold.clear();
    news.forEach(([name]) => this.#told.add(name));
    if (news.length > 0) {
      warn(
        `somebody else changed the loop's files: ${news.map((parts) => parts.join(' ')).join('; ')}`,
      );
    }
  }

  #mendFolder(): void {
    const { lock, folder } = this.#facts;
    insist(() => {
      if (lock.isOurs()) {
        this.#mendOne(folder);
      }
      this.#mendOne({ name: 'loop.lock', mend: () => lock.mend() });
    }, isRefusal);
  }

  #mendOne({ name, mend }: GuardedFile): void {
    const wrong = mend();
    if (wrong !== null) {
      this.#hold(name, wrong);
    }
  }

  #hold(name: string, wrong: string): void {
    this.#untold.set(name, wrong);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof AutoloopError && error.code === EXIT.access;
}
