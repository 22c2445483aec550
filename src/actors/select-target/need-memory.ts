import { setImmediate } from 'node:timers/promises';
import type { Offer } from '../../task/hooks.ts';
import { fileStamp } from './file-stamp.ts';

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

/** Looks and calls after which others get their turn. */
const AT_ONCE = 500;

/**
 * How much there is to do on each target, worked out again only where what it is worked out from has changed. Kept as
 * long as the runner lives; what was worked out before it is given up is kept, too.
 */
export class NeedMemory {
  readonly #known = new Map<string, { readonly fingerprint: string; readonly need: number }>();

  /** Rejects where its signal is aborted. */
  async needs(request: NeedsRequest): Promise<Needs> {
    const needs = new Map<string, number | null>();
    const problems: string[] = [];
    for (const [at, offer] of request.offers.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) {
        await setImmediate();
      }
      request.signal.throwIfAborted();
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
    const fingerprint = fingerprintOf(offer, request);
    const known = this.#known.get(name);
    return fingerprint !== null && known?.fingerprint === fingerprint
      ? known.need
      : this.#workOut(name, need, fingerprint);
  }

  async #workOut(name: string, work: () => unknown, fingerprint: string | null): Promise<number> {
    this.#known.delete(name);
    const need = await work();
    if (typeof need !== 'number' || !(need >= 0 && need <= 1)) {
      throw new NoNeed();
    }
    if (fingerprint !== null) {
      this.#known.set(name, { fingerprint, need });
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

/** null: nothing tells whether it is still the same. Taken before the work, so that a change meanwhile is seen. */
function fingerprintOf({ inputs, version }: Offer, request: NeedsRequest): string | null {
  if (inputs.length === 0 && version === null) {
    return null;
  }
  let fingerprint = version ?? '';
  for (const path of inputs) {
    const file = path.startsWith('/') ? path : `${request.workspace}/${path}`;
    fingerprint += `\0${path}\0${fileStamp(file, request.nowEpochMs)}`;
  }
  return fingerprint;
}

class NoNeed extends Error {}

function wordsOf(error: unknown): string {
  if (error instanceof NoNeed) {
    return 'is no number from 0 to 1';
  }
  return `threw: ${error instanceof Error ? error.message : String(error)}`;
}
