import {
  attemptId,
  type AttemptClaim,
  type AttemptOrder,
  type AttemptResult,
} from '../../domain/attempt.ts';
import type { AttemptInput } from '../../domain/loop-work.ts';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { ProcessIdentity } from '../../domain/process-identity.ts';
import type { LoopWorld } from '../loop-world.ts';

export interface FoundFiles {
  readonly claim: AttemptClaim | null;
  readonly result: AttemptResult | null;
}

/** An isolation layer claims within some 50 ms. */
const LATE_AFTER_MS = 5_000;
const MOST_NAMED = 3;

/**
 * Claim and result of one attempt, whatever its agent does to them: what was seen once stands, what cannot be the
 * attempt's is taken away, and an agent that was started by all that is known is never started again.
 */
export class AttemptFiles {
  readonly #world: LoopWorld;
  readonly #key: AttemptInput;
  readonly #restored: () => void;
  /** As its isolation layer wrote it. */
  #claim: AttemptClaim | null = null;
  /** There was one that nobody could read: an agent was started. */
  #wasClaimed = false;
  #order: AttemptOrder | null = null;
  #launchedAtMs = Infinity;

  /** `restored`: told when something was put back, as its folder may be another one now. */
  constructor(world: LoopWorld, key: AttemptInput, restored: () => void) {
    this.#world = world;
    this.#key = key;
    this.#restored = restored;
  }

  /** Before anything is read: what lies there before anybody can have begun the attempt is no word of its worker. */
  beginAnew(): void {
    if (this.#world.mayBeBegun(this.#key)) {
      return;
    }
    const names = this.#world.attempts.empty(this.#key);
    if (names.length > 0) {
      const few = names.slice(0, MOST_NAMED).join(', ');
      this.#tellTampering('the folder', `held ${few} before it began, and was emptied`);
    }
  }

  read(): FoundFiles {
    const { claim, result } = this.#believable();
    if (result) {
      return { result, claim: this.#claim ?? claim };
    }
    return { result, claim: this.#standingClaim(claim) ?? this.#impliedClaim() };
  }

  /** From now on an isolation layer of ours may claim it. */
  handOver(order: AttemptOrder): void {
    this.#order = order;
    this.#launchedAtMs = this.#world.clock.now();
  }

  /** An agent may have put its hand on the files of its own attempt. */
  #believable(): FoundFiles {
    const found = this.#readFiles();
    if (found) {
      return found;
    }
    for (const name of this.#world.attempts.discardForeign(this.#key, this.#attemptId)) {
      this.#wasClaimed ||= name === 'claim.json';
      this.#tellTampering(name, 'was not what it must be, and taken away');
    }
    return this.#allFiles();
  }

  /** null: what lies there cannot be this attempt's. */
  #readFiles(): FoundFiles | null {
    try {
      const found = this.#allFiles();
      const isForeign = [found.claim, found.result].some(
        (file) => file && file.attemptId !== this.#attemptId,
      );
      return isForeign ? null : found;
    } catch (error) {
      if (error instanceof AutoloopError && error.code === EXIT.state) {
        return null;
      }
      throw error;
    }
  }

  #allFiles(): FoundFiles {
    const { attempts } = this.#world;
    return { claim: attempts.readClaim(this.#key), result: attempts.readResult(this.#key) };
  }

  /** What the claim was when it was first seen, and is again. */
  #standingClaim(found: AttemptClaim | null): AttemptClaim | null {
    this.#claim ??= found;
    if (this.#claim !== null && JSON.stringify(found) !== JSON.stringify(this.#claim)) {
      this.#restoreClaim(this.#claim, 'was deleted or changed, and written anew');
    }
    return this.#claim;
  }

  /** Its agent was started, by all that is known, and no claim says so any more. null: nothing says it was. */
  #impliedClaim(): AttemptClaim | null {
    const isolation = this.#layerAtWork();
    const isGone = this.#launchedAtMs !== Infinity && !this.#world.attempts.exists(this.#key);
    const wasBegun = isGone || this.#wasClaimed || this.#world.wasStarted(this.#key);
    if (isolation === null && !wasBegun) {
      return null;
    }
    const { clock, settings } = this.#world;
    const startedAtEpochMs = Math.min(this.#launchedAtMs, clock.now());
    const timeoutMs = this.#order?.timeoutMs ?? settings.timeout * 1000;
    this.#claim = {
      ...{
        format: 1,
        attemptId: this.#attemptId,
        isolation,
        agent: this.#key.agent,
        startedAtEpochMs,
      },
      deadlineEpochMs: startedAtEpochMs + timeoutMs,
      idleTimeoutMs: this.#order?.idleTimeoutMs ?? settings.idleTimeout * 1000,
      graceMs: this.#order?.graceMs ?? settings.grace * 1000,
      supervision: this.#order?.namespace ? 'strict' : 'base',
    };
    const wrong = this.#wasClaimed ? 'was not what it must be' : 'was deleted';
    this.#restoreClaim(this.#claim, `${wrong}, and written from what else is known`);
    return this.#claim;
  }

  /** Ours where its folder is gone, or it says nothing for long; else who is on the list of a former runner. */
  #layerAtWork(): ProcessIdentity | null {
    const { attempts, clock, isolation, processes, workers, bootId } = this.#world;
    if (this.#launchedAtMs !== Infinity) {
      const isLate = clock.now() > this.#launchedAtMs + LATE_AFTER_MS;
      return isLate || !attempts.exists(this.#key) ? isolation.identity() : null;
    }
    const { iteration, attempt } = this.#key;
    const listed = workers
      .list()
      .find((worker) => worker.iteration === iteration && worker.attempt === attempt);
    const identity = listed && { pid: listed.pid, startTicks: listed.startTicks, bootId };
    return identity && processes.isAlive(identity) ? identity : null;
  }

  #restoreClaim(claim: AttemptClaim, wrong: string): void {
    this.#world.attempts.restoreClaim(this.#key, claim);
    this.#restored();
    this.#tellTampering('claim.json', wrong);
  }

  #tellTampering(name: string, wrong: string): void {
    const { iteration, attempt } = this.#key;
    this.#world.tampered(`${name} of attempt ${attempt} of iteration ${iteration}`, wrong);
  }

  get #attemptId(): string {
    return attemptId(this.#world.runId, this.#key);
  }
}
