import type { AttemptInput, WorkerEnded, WorkerStarted } from '../../domain/loop-work.ts';
import type { AttemptClaim, AttemptOrder, AttemptResult } from '../../domain/attempt.ts';
import { leavesNothingBehind } from '../../domain/attempt.ts';
import { EXIT } from '../../domain/error.ts';
import type { ProcessIdentity } from '../../domain/process-identity.ts';
import { composedKey, type LoopWorld } from '../loop-world.ts';
import { AttemptFiles } from './attempt-files.ts';
import { composeOnce } from './compose-once.ts';
import { endOfAttempt } from './end-of-attempt.ts';
import { fenceOff } from './fence-off.ts';
import { LayerEnding } from './layer-ending.ts';
import { unstartedResult } from './unstarted-result.ts';

/** Something of ours broke: the machine must hear of it as an error of the actor. */
interface AttemptFailed {
  readonly type: 'xstate.error.actor.runAttempt';
  readonly error: unknown;
  readonly actorId: 'runAttempt';
}

type Answer = (event: WorkerStarted | WorkerEnded | AttemptFailed) => void;

const MOST_LAUNCHES = 3;
/** From the first launch that failed to the next one, and twice that to the third. */
const RELAUNCH_AFTER_MS = 1_000;
const LOOK_AGAIN_AFTER_MS = 1_000;

/** Follows one attempt by its directory, which is the truth about it, until it has a result. */
export class AttemptWatch {
  readonly #world: LoopWorld;
  readonly #key: AttemptInput;
  readonly #answer: Answer;
  readonly #files: AttemptFiles;
  readonly #ending: LayerEnding;
  #stopWatching: () => void = () => {};
  #stopPausing: () => void = () => {};
  #closed = false;
  #launches = 0;
  #launching = false;
  #announced = false;
  #settling = false;
  /** Of the isolation layer this runner started; null: it was not ours, or a signal ended it. */
  #exitCode: number | null = null;
  /** Its isolation layer, once its claim was seen. */
  #known: ProcessIdentity | null = null;
  #isTroubled = false;

  constructor(world: LoopWorld, key: AttemptInput, answer: Answer) {
    this.#world = world;
    this.#key = key;
    this.#answer = answer;
    this.#files = new AttemptFiles(world, key, () => this.#watchAnew());
    this.#ending = new LayerEnding(world);
  }

  async begin(): Promise<void> {
    await this.#world.persisted();
    if (this.#closed) {
      return;
    }
    await this.#guarded(() => this.#files.beginAnew());
    await this.#lookAnew();
  }

  /** The worker lives on; a later runner adopts it. */
  letGo(): void {
    this.#closed = true;
    this.#stopPausing();
    this.#stopWatching();
  }

  terminate(): void {
    this.#ending.ask();
    void this.#look();
  }

  #lookAnew(): Promise<void> {
    return this.#guarded(() => {
      this.#watchAnew();
      return this.#lookOnce();
    });
  }

  #look(): Promise<void> {
    return this.#guarded(() => this.#lookOnce());
  }

  async #lookOnce(): Promise<void> {
    if (this.#closed) {
      return;
    }
    const { result, claim } = this.#files.read();
    if (result) {
      await this.#end(result);
      return;
    }
    if (!claim) {
      await this.#ensureLaunched();
    } else if (claim.isolation && this.#world.processes.isAlive(claim.isolation)) {
      this.#known = claim.isolation;
      this.#announce(claim, this.#launches > 0 ? 'launched' : 'adopted');
      this.#ending.passOn(claim.isolation);
      this.#ending.killWhereFrozen(claim);
    } else {
      await this.#settleLost(claim);
    }
  }

  /** Where a former runner began it, nobody has seen for certain that nothing is left. */
  async #end(result: AttemptResult): Promise<void> {
    if (this.#launches === 0 && !this.#settling) {
      this.#settling = true;
      const left = await this.#world.sweepAttempt(result.attemptId);
      if (left.length > 0) {
        this.#world.log.warn({ ...this.#key, left }, 'ended what an attempt had left behind');
      }
      this.#settling = false;
    }
    if (!this.#settling) {
      this.#finish(result);
    }
  }

  /** The folder that was watched may be gone. */
  #watchAnew(): void {
    this.#stopWatching();
    if (this.#closed) {
      return;
    }
    this.#stopWatching = this.#world.attempts.watch(this.#key, () => void this.#look());
  }

  /** What fails here is told at once: nobody looks at an attempt any more that has ended. */
  #finish(result: AttemptResult): void {
    if (this.#closed) {
      return;
    }
    try {
      this.#close(result);
    } catch (error) {
      this.#fail(error);
    }
  }

  #close(result: AttemptResult): void {
    const claim = this.#files.read().claim;
    if (claim?.isolation) {
      this.#announce(claim, this.#launches > 0 ? 'launched' : 'collected');
    }
    this.letGo();
    this.#world.isolation.finished(leavesNothingBehind(result));
    // The agent may just have taken the folder from us.
    this.#world.lookAfterFiles();
    this.#world.workers.remove(this.#key);
    this.#answer({
      type: 'worker.ended',
      at: this.#world.clock.now(),
      end: endOfAttempt(result),
      jitter: this.#world.random(),
    });
  }

  #announce(claim: AttemptClaim, how: 'launched' | 'adopted' | 'collected'): void {
    if (this.#announced) {
      return;
    }
    this.#announced = true;
    this.#world.composed.delete(composedKey(this.#key));
    if (claim.isolation && how !== 'collected') {
      this.#world.workers.add(claim.isolation, this.#key);
    }
    const pid = claim.isolation?.pid ?? null;
    const at = how === 'collected' ? claim.startedAtEpochMs : this.#world.clock.now();
    const { agent, supervision } = claim;
    this.#answer({ type: 'worker.started', at, pid, agent, how, supervision });
  }

  /** The isolation layer died without a result: whatever is left of its tree is ended, then the attempt closed. */
  async #settleLost(claim: AttemptClaim): Promise<void> {
    if (this.#settling) {
      return;
    }
    this.#settling = true;
    const swept = await this.#world.sweepAttempt(claim.attemptId);
    if (this.#closed) {
      return;
    }
    const lost = unstartedResult(claim.attemptId, {
      ...this.#whyLost(),
      startedAtEpochMs: claim.startedAtEpochMs,
      endedAtEpochMs: this.#world.clock.now(),
    });
    this.#world.attempts.settle(this.#key, { ...lost, swept });
    this.#finish(this.#files.read().result ?? lost);
  }

  #whyLost(): Pick<AttemptResult, 'outcome' | 'reason'> {
    if (this.#exitCode === EXIT.resourceExhausted) {
      return {
        outcome: 'resource_exceeded',
        reason: 'its result could not be kept: the disk is full',
      };
    }
    return this.#ending.whyLost();
  }

  async #ensureLaunched(): Promise<void> {
    if (this.#launching) {
      return;
    }
    if (this.#ending.isAsked || !this.#world.launches) {
      const outcome = this.#ending.isAsked ? 'killed' : 'interrupted';
      this.#fenceOff(outcome, 'stopped before a worker started');
      return;
    }
    if (this.#launches >= MOST_LAUNCHES) {
      const isShort = this.#exitCode === EXIT.resourceExhausted;
      const outcome = isShort ? 'resource_exceeded' : 'worker_unavailable';
      this.#fenceOff(outcome, 'its isolation layer did not start');
      return;
    }
    await this.#launch();
  }

  async #launch(): Promise<void> {
    this.#launching = true;
    const composed = await composeOnce(this.#world, this.#key);
    if (this.#closed) {
      return;
    }
    if ('skip' in composed) {
      this.#fenceOff(composed.skip.outcome, composed.skip.reason);
      return;
    }
    this.#launches += 1;
    this.#files.handOver(composed.order);
    void this.#guarded(() => this.#follow(composed.order));
  }

  async #follow(order: AttemptOrder): Promise<void> {
    const exitCode = await this.#world.isolation.start(order);
    this.#exitCode = exitCode;
    if (exitCode !== 0) {
      this.#world.log.warn({ ...this.#key, exitCode }, 'isolation layer ended by trouble');
    }
    this.#lookAfterLaunch();
  }

  /** What kept a layer from starting may pass; one that left by itself, having been kept, is replaced at once. */
  #lookAfterLaunch(): void {
    const look = (): void => {
      this.#launching = false;
      void this.#look();
    };
    if (this.#closed) {
      return;
    }
    if (this.#exitCode === 0 || this.#files.read().claim) {
      look();
    } else {
      this.#stopPausing = this.#world.clock.startTimer(RELAUNCH_AFTER_MS * this.#launches, look);
    }
  }

  #fenceOff(outcome: AttemptResult['outcome'], reason: string): void {
    const scope = { world: this.#world, key: this.#key, files: this.#files };
    const result = fenceOff(scope, { outcome, reason });
    if (result !== null) {
      this.#finish(result);
    }
  }

  async #guarded(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#bear(error);
    }
  }

  /** While the worker lives it is not given up, whatever became of its files: it is followed by its process alone. */
  #bear(error: unknown): void {
    if (this.#closed) {
      return;
    }
    const isolation = this.#isolation();
    if (isolation === null || !this.#world.processes.isAlive(isolation)) {
      this.#fail(error);
      return;
    }
    if (!this.#isTroubled) {
      this.#isTroubled = true;
      this.#world.log.warn({ ...this.#key, error: messageOf(error) }, 'an attempt cannot be read');
    }
    this.#ending.passOn(isolation);
    this.#stopPausing();
    this.#stopPausing = this.#world.clock.startTimer(
      LOOK_AGAIN_AFTER_MS,
      () => void this.#lookAnew(),
    );
  }

  #fail(error: unknown): void {
    this.letGo();
    this.#answer({ type: 'xstate.error.actor.runAttempt', error, actorId: 'runAttempt' });
  }

  #isolation(): ProcessIdentity | null {
    return this.#known ?? (this.#launches > 0 ? this.#world.isolation.identity() : null);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
