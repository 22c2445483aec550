import { join } from 'node:path';
import type { StatelyAudience, StatelyLoops } from '../../inspect/stately/stately-loops.ts';
import { inspectLoopIn, type Following } from '../../runner/control-client.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { loopsIn } from '../status/all-loops.ts';

/** How often loops are looked for that have begun, or gone on, since. */
const LOOK_MS = 1_000;

/** Every loop of a data root whose runner tells what it does. */
export class LivingLoops implements StatelyLoops {
  readonly #data: string;

  constructor(data: string) {
    this.#data = data;
  }

  follow(audience: StatelyAudience): { end: () => void } {
    return new LoopsFollowing(this.#data, audience);
  }
}

class LoopsFollowing {
  readonly #data: string;
  readonly #audience: StatelyAudience;
  readonly #timer: NodeJS.Timeout;
  /** null: it is being connected to. */
  readonly #followed = new Map<string, Following | null>();
  #hasEnded = false;

  constructor(data: string, audience: StatelyAudience) {
    this.#data = data;
    this.#audience = audience;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  end(): void {
    this.#hasEnded = true;
    clearInterval(this.#timer);
    this.#followed.forEach((following) => following?.end());
  }

  #look(): void {
    this.#names()
      .filter((loop) => !this.#followed.has(loop))
      .forEach((loop) => void this.#follow(loop));
  }

  /** A folder that cannot be read for a while has none. */
  #names(): string[] {
    try {
      return loopsIn(this.#data);
    } catch {
      return [];
    }
  }

  async #follow(loop: string): Promise<void> {
    this.#followed.set(loop, null);
    const following = await inspectLoopIn(dataPaths(join(this.#data, loop)), (batch) =>
      this.#tell(() => this.#audience.happened(loop, batch)),
    );
    if (following !== null && !this.#hasEnded) {
      this.#followed.set(loop, following);
      await following.over;
      this.#tell(() => this.#audience.gone(loop));
    }
    following?.end();
    this.#followed.delete(loop);
  }

  #tell(tell: () => void): void {
    if (!this.#hasEnded) {
      tell();
    }
  }
}
