import { setImmediate } from 'node:timers/promises';
import type { Offer } from '../../task/hooks.ts';
import { fileStamp, isSameStamp, type FileStamp } from './file-stamp.ts';

export interface NeedsRequest {
  readonly offers: readonly Offer[];
  /** What relative inputs are relative to. */
  readonly workspace: string;
  readonly nowEpochMs: number;
  readonly signal: AbortSignal;
}

export interface Needs {
  /** null: not known. */
  readonly of: ReadonlyMap<string, number | null>;
  /** What went wrong with which, for people. */
  readonly problems: readonly string[];
}

/** What a need was worked out from. */
interface Ground {
  readonly version: string | null;
  readonly inputs: readonly string[];
  readonly stamps: readonly FileStamp[];
}

interface Known extends Ground {
  readonly need: number;
}

/** Looks and calls after which others get their turn. */
const AT_ONCE = 500;

/**
 * How much there is to do on each target, worked out again only where what it is worked out from has changed. Kept as
 * long as the runner lives; what was worked out before it is given up is kept, too.
 */
export class NeedMemory {
  readonly #known = new Map<string, Known>();

  /** Rejects where its signal is aborted. */
  async needs(request: NeedsRequest): Promise<Needs> {
    const needs = new Map<string, number | null>();
    const problems: string[] = [];
    const { signal } = request;
    let looks = 0;
    for (const offer of request.offers) {
      looks += 1;
      if (looks % AT_ONCE === 0) {
        await setImmediate();
      }
      if (signal.aborted) {
        throw signal.reason;
      }
      try {
        const need = this.#needOf(offer, request);
        needs.set(offer.name, need instanceof Promise ? await need : need);
      } catch (error) {
        needs.set(offer.name, null);
        problems.push(`need of "${offer.name}" ${wordsOf(error)}`);
      }
    }
    this.#forgetOthers(needs);
    return { of: needs, problems };
  }

  #needOf(offer: Offer, request: NeedsRequest): number | null | Promise<number> {
    const { name, need } = offer;
    if (typeof need !== 'function') {
      return need;
    }
    const ground = groundOf(offer, request);
    const known = this.#known.get(name);
    return ground !== null && known !== undefined && isSameGround(known, ground)
      ? known.need
      : this.#workOut(name, need, ground);
  }

  async #workOut(name: string, work: () => unknown, ground: Ground | null): Promise<number> {
    this.#known.delete(name);
    const need = await work();
    if (typeof need !== 'number' || !(need >= 0 && need <= 1)) {
      throw new NoNeed();
    }
    if (ground !== null) {
      this.#known.set(name, { ...ground, need });
    }
    return need;
  }

  #forgetOthers(offered: ReadonlyMap<string, unknown>): void {
    for (const name of this.#known.keys()) {
      if (!offered.has(name)) {
        this.#known.delete(name);
      }
    }
  }
}

/** null: nothing tells whether it is still the same. Looked at before the work, so that a change meanwhile is seen. */
function groundOf({ inputs, version }: Offer, request: NeedsRequest): Ground | null {
  if (inputs.length === 0 && version === null) {
    return null;
  }
  const { workspace, nowEpochMs } = request;
  const stamps = inputs.map((path) =>
    fileStamp(path.startsWith('/') ? path : `${workspace}/${path}`, nowEpochMs),
  );
  return { version, inputs, stamps };
}

function isSameGround(one: Ground, other: Ground): boolean {
  return (
    one.version === other.version &&
    one.inputs.length === other.inputs.length &&
    one.inputs.every((path, at) => path === other.inputs[at]) &&
    one.stamps.every((stamp, at) => isSameStamp(stamp, other.stamps[at]))
  );
}

class NoNeed extends Error {}

function wordsOf(error: unknown): string {
  if (error instanceof NoNeed) {
    return 'is no number from 0 to 1';
  }
  return `threw: ${error instanceof Error ? error.message : String(error)}`;
}
