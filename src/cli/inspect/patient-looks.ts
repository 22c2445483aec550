import type { FoundLoop } from '../status/all-loops.ts';

const PATIENCE_MS = 900;

/** A runner that begins or ends does not answer for a moment: who is silent for no longer is told as it was before. */
export class PatientLooks {
  readonly #before = new Map<string, FoundLoop>();
  /** From when on it has been silent, epoch ms. */
  readonly #since = new Map<string, number>();

  at(found: readonly FoundLoop[], now: number): readonly FoundLoop[] {
    return found.map((loop) => this.#patient(loop, now));
  }

  #patient(found: FoundLoop, now: number): FoundLoop {
    const { loop } = found;
    if (!('reading' in found) || found.reading.runner !== 'silent') {
      this.#since.delete(loop);
      this.#before.set(loop, found);
      return found;
    }
    const since = this.#since.get(loop) ?? now;
    this.#since.set(loop, since);
    const before = this.#before.get(loop);
    return before && now - since < PATIENCE_MS ? before : found;
  }
}
