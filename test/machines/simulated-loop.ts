import { initialTransition, transition, type AnyStateMachine } from 'xstate';
import type { LoopContext, LoopPolicy } from '../../machines/loop/context.ts';
import { loopMachine } from '../../machines/loop.machine.ts';
import { outcomeRule, type Outcome } from '../../src/domain/outcome.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { dottedState } from '../../src/runner/dotted-state.ts';
import { done, ended, restored, type LoopSnapshot, type ModelEvent } from './loop-model.ts';

/** What an attempt comes to. */
export interface Fate {
  readonly outcome: Outcome;
  readonly facts: Partial<AttemptEnd>;
  /** The runner dies after it, and another one goes on. */
  readonly crashes: boolean;
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

// Events of actors that are done are no part of the machine's own event type.
const machine: AnyStateMachine = loopMachine;

/** The machine alone, on a clock that jumps to the end of each wait. */
export class SimulatedLoop {
  readonly attempts: SimulatedAttempt[] = [];
  /** Every state it rested in, and until when. */
  readonly waits: { readonly state: string; readonly at: number; readonly until: number }[] = [];
  now = 1_000_000;
  readonly #policy: LoopPolicy;
  readonly #fates: Fate[];
  #snapshot: LoopSnapshot;

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

  send(event: ModelEvent): void {
    [this.#snapshot] = transition(machine, this.#snapshot, event) as unknown as [LoopSnapshot];
  }

  #answer(): ModelEvent {
    const at = (this.now += 10);
    if (this.state.startsWith('waiting.')) {
      return this.#wait();
    }
    const answers: Readonly<Record<string, () => ModelEvent>> = {
      idle: () => ({
        ...{ type: 'loop.start', at, workMark: 'work' },
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
      'summarizing.digesting': () => done('digestIteration', { at }),
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
    return { ...ended(fate.outcome, { costUsd: null, ...fate.facts }), at } as ModelEvent;
  }

  #judgement(at: number) {
    const outcome = this.context.open?.outcome ?? 'unknown';
    const isGood = outcomeRule(outcome).class === 'success';
    const changes = isGood ? ['something'] : null;
    return { outcome, validation: null, changes, report: null, completion: 'none', at };
  }
}
