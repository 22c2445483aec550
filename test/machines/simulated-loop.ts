import { initialTransition, transition, type AnyStateMachine } from 'xstate';
import type { LoopContext, LoopPolicy } from '../../machines/loop/context.ts';
import { loopMachine } from '../../machines/loop.machine.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Completion } from '../../src/domain/completion.ts';
import type { EventDraft } from '../../src/domain/event.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { dottedState } from '../../src/runner/dotted-state.ts';
import { done, ended, restored, type LoopSnapshot, type ModelEvent } from './loop-model.ts';

/** What an attempt comes to. */
export interface Fate {
  readonly outcome: Outcome;
  readonly facts: Partial<AttemptEnd>;
  /** The runner dies after it, and another one goes on. */
  readonly crashes?: boolean;
  readonly completion?: Completion;
}

export interface SimulatedAttempt {
  readonly iteration: number;
  readonly attempt: number;
  readonly agent: string;
  readonly at: number;
  readonly fate: Fate;
  /** Of the run, before it. */
  readonly spentUsd: number;
  readonly spentTokens: number;
}

/** What a transition asks to be done. */
interface Executed {
  readonly type: string;
  readonly params?: unknown;
}

interface Crash {
  /** Milliseconds. */
  readonly after?: number;
  /** Settings of the next start. */
  readonly policy?: LoopPolicy;
  readonly workMark?: string;
  readonly livedMs?: number;
}

// Events of actors that are done are no part of the machine's own event type.
const machine: AnyStateMachine = loopMachine;

/** The machine alone, on a clock that jumps to the end of each wait. */
export class SimulatedLoop {
  readonly attempts: SimulatedAttempt[] = [];
  readonly recorded: EventDraft[] = [];
  /** Every state it rested in, and until when. */
  readonly waits: { readonly state: string; readonly at: number; readonly until: number }[] = [];
  now = 1_000_000;
  /** Of prompt, task and settings as each iteration leaves them. */
  workMark = 'work';
  readonly #policy: LoopPolicy;
  readonly #fates: Fate[];
  #snapshot: LoopSnapshot;
  #actions: readonly Executed[] = [];

  constructor(policy: LoopPolicy, fates: readonly Fate[]) {
    this.#policy = policy;
    this.#fates = [...fates];
    const input = { runId: 'run', lastIteration: 0, policy };
    [this.#snapshot] = initialTransition(machine, input) as unknown as [LoopSnapshot];
  }

  get context(): LoopContext {
    return this.#snapshot.context;
  }

  get state(): string {
    return dottedState(this.#snapshot.value);
  }

  get isOver(): boolean {
    return this.#snapshot.status !== 'active';
  }

  /** Until it ends, or its fates are used up and it is stopped. */
  play(mostSteps = 5_000): void {
    for (let step = 0; !this.isOver; step += 1) {
      if (step > mostSteps) {
        throw new Error(`It has not come to an end in ${mostSteps} steps: ${this.state}`);
      }
      this.send(this.#answer());
    }
  }

  /** Up to the first state that answers to this, or whose name begins so. */
  playTo(state: string, mostSteps = 5_000): void {
    for (
      let step = 0;
      !this.state.startsWith(state) && !this.isOver && step < mostSteps;
      step += 1
    ) {
      this.send(this.#answer());
    }
    if (!this.state.startsWith(state)) {
      throw new Error(`It did not come to ${state}, but to ${this.state}`);
    }
  }

  /** The runner dies; another one goes on after so long with what lies on disk. */
  crash({ after = 0, policy = this.#policy, workMark = 'work', livedMs = 0 }: Crash = {}): void {
    this.now += after;
    const context = JSON.parse(JSON.stringify(this.#snapshot.context));
    const value = this.#snapshot.value;
    this.#snapshot = loopMachine.resolveState({ value, context });
    this.send({ ...restored(policy), at: this.now, workMark, livedMs });
  }

  /** What an actor of the state at hand is started with. */
  input(actor: string): unknown {
    const spawned = this.#actions.filter(({ type }) => type === 'xstate.spawnChild');
    const found = spawned.find(({ params }) => (params as { id: string }).id === actor);
    return (found?.params as { input?: unknown } | undefined)?.input;
  }

  /** The worker at hand comes to its end now. */
  endAttempt(): void {
    this.send(this.#endAttempt((this.now += 10)));
  }

  send(event: ModelEvent): void {
    const [next, actions]: [unknown, readonly Executed[]] = transition(
      machine,
      this.#snapshot,
      event,
    );
    this.#snapshot = next as LoopSnapshot;
    this.#actions = actions;
    const emitted = actions.filter(({ type }) => type === 'xstate.emit');
    emitted.forEach(({ params }) => this.recorded.push((params as { event: EventDraft }).event));
  }

  #answer(): ModelEvent {
    const at = (this.now += 10);
    if (this.state.startsWith('waiting.')) {
      return this.#wait();
    }
    const answers: Readonly<Record<string, () => ModelEvent>> = {
      idle: () => ({
        ...{ type: 'loop.start', at, workMark: 'work', untilEpochMs: null },
        facts: { agent: 'claude', account: null, settings: {} },
      }),
      'selecting.gating': () => done('checkGates', { open: true, at }),
      'selecting.choosing': () =>
        done('selectTarget', { target: 'svc', candidates: [], skip: null, at }),
      prompting: () => done('composePrompt', { skip: null, workspaceMark: null, at }),
      'running.launching': () => ({
        ...{ type: 'worker.started', at, pid: 42, agent: 'claude' },
        ...{ how: 'launched', supervision: 'base' },
      }),
      'running.working': () => this.#endAttempt(at),
      'summarizing.validating': () => done('validateWork', this.#judgement(at)),
      'summarizing.digesting': () => done('digestIteration', { at, workMark: this.workMark }),
      'stopping.draining': () => done('drainWorkers', { at }),
      'stopping.cleaning': () => done('cleanUp', { at }),
    };
    const answer = answers[this.state];
    if (!answer) {
      throw new Error(`Nobody answers in ${this.state}`);
    }
    return answer();
  }

  #wait(): ModelEvent {
    const until = this.context.wait?.untilEpochMs ?? Number.NaN;
    this.waits.push({ state: this.state, at: this.now, until });
    const fate = this.attempts.at(-1)?.fate;
    if (fate?.crashes) {
      this.attempts.push({ ...this.attempts.pop()!, fate: { ...fate, crashes: false } });
      return restored(this.#policy);
    }
    if (this.#fates.length === 0) {
      return { type: 'loop.stop', at: this.now, via: 'control', now: false };
    }
    this.now = Math.max(this.now, until);
    return { type: 'timer.fired', at: this.now };
  }

  #endAttempt(at: number): ModelEvent {
    const fate = this.#fates.shift() ?? { outcome: 'succeeded', facts: {}, crashes: false };
    const { iteration, open, totals } = this.context;
    const tokens = (totals.tokens?.in ?? 0) + (open?.tokens?.in ?? 0);
    this.attempts.push({
      ...{ iteration, attempt: open?.attempt ?? 0, agent: open?.agent ?? '', at, fate },
      spentUsd: (totals.costUsd ?? 0) + (open?.costUsd ?? 0),
      spentTokens: tokens,
    });
    return { ...ended(fate.outcome, { costUsd: null, ...fate.facts }), at };
  }

  #judgement(at: number) {
    const outcome = this.context.open?.outcome ?? 'unknown';
    const changes = outcome === 'succeeded' ? ['something'] : null;
    const completion = this.attempts.at(-1)?.fate.completion ?? 'none';
    return { outcome, validation: null, changes, report: null, completion, at };
  }
}
