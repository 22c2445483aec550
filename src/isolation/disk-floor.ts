import { freeMbAt } from '../stores/free-space.ts';
import { monotonicMs } from '../stores/monotonic.ts';

export interface DiskFloorFacts {
  /** On the disk in question. */
  readonly path: string;
  /** 0: there is no floor. */
  readonly minFreeMb: number;
  readonly freeMb?: (path: string) => number | null;
  readonly now?: () => number;
}

/** Says whether there is room to write. Asked for every chunk; looks each second, and each 16 MB. */
export class DiskFloor {
  readonly #facts: Required<DiskFloorFacts>;
  #lookAtMs = 0;
  #unseenBytes = 0;
  #hasRoom = true;

  constructor(facts: DiskFloorFacts) {
    this.#facts = { freeMb: freeMbAt, now: monotonicMs, ...facts };
  }

  get minFreeMb(): number {
    return this.#facts.minFreeMb;
  }

  /** Once there was none, there is none any more. */
  hasRoomFor(bytes: number): boolean {
    if (this.minFreeMb > 0 && this.#hasRoom) {
      this.#unseenBytes += bytes;
      const now = this.#facts.now();
      if (now >= this.#lookAtMs || this.#unseenBytes > LOOK_AFTER_BYTES) {
        this.#lookAtMs = now + LOOK_AFTER_MS;
        this.#unseenBytes = 0;
        this.#hasRoom = (this.#facts.freeMb(this.#facts.path) ?? Infinity) >= this.minFreeMb;
      }
    }
    return this.#hasRoom;
  }
}

const LOOK_AFTER_MS = 1_000;
const LOOK_AFTER_BYTES = 16 * 1024 * 1024;
