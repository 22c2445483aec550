import type { Agent, AgentPlan } from '../agents/agent.ts';
import type { Budget } from '../domain/cap.ts';
import type { Environment } from '../domain/environment.ts';
import type { AttemptKey, AttemptOrder, Command } from '../domain/attempt.ts';
import type { Resources } from '../domain/metrics/findings.ts';
import type { Price } from '../domain/price.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import type { Settings } from '../domain/settings.ts';
import type { AttemptStore } from '../ports/attempt-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { DiskSpace } from '../ports/disk-space.ts';
import type { FailedValidations } from '../ports/failed-validations.ts';
import type { Note, Notes } from '../ports/notes.ts';
import type { ProcessTable } from '../ports/process-table.ts';
import type { SystemGauges } from '../ports/system-gauges.ts';
import type { SummaryStore } from '../ports/summary-store.ts';
import type { WorkerList } from '../ports/worker-list.ts';
import type { RunningGate } from '../domain/validation.ts';
import type { Task } from '../task/task.ts';

/** Everything the actors of one loop share: what was decided at its start, and the ports to the world. */
export interface LoopWorld {
  readonly loop: string;
  readonly runId: string;
  readonly task: Task;
  /** The preferred one. */
  readonly agent: Agent;
  /** That one and those that go on where it cannot; throws for any other name. */
  readonly agentNamed: (name: string) => Promise<AgentChoice>;
  readonly settings: Settings;
  /** Prompt file named by the operator; null: the task's own. */
  readonly promptFile: string | null;
  readonly root: string;
  readonly workspace: string;
  readonly paths: LoopPaths;
  /** What one attempt may see and be set to; `taskEnv` is what `prepareWorkerEnv` returned. */
  readonly equip: (request: EquipmentRequest) => Equipment;
  /** Absolute path of an executable, or null. */
  readonly resolveProgram: (file: string, env: Environment) => string | null;
  /** false where a run is only being brought to its end. */
  readonly launches: boolean;
  /** Whether a former runner has seen this attempt's worker start: it is never started again, whatever its folder says. */
  readonly wasStarted: (key: AttemptKey) => boolean;
  /** Whether a former runner may have begun it: if not, what lies in its folder before we begin it is no worker's. */
  readonly mayBeBegun: (key: AttemptKey) => boolean;
  readonly clock: Clock;
  readonly bootId: string;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly attempts: AttemptStore;
  readonly workers: WorkerList;
  readonly processes: ProcessTable;
  readonly gauges: SystemGauges;
  readonly disk: DiskSpace;
  readonly notes: Notes;
  readonly failedValidations: FailedValidations;
  /** Told before each gate of the task is run, and null after the last: for those who watch. */
  readonly runsGate: (gate: RunningGate | null) => void;
  readonly summaries: SummaryStore;
  /** What machine and runner look like now. */
  readonly resources: () => Resources;
  readonly redact: (text: string) => string;
  /** Values that must never be kept. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
  readonly log: Log;
  /** Composed attempts that were not handed over yet; lost with the runner, and composed again. */
  readonly composed: Map<string, ComposedAttempt>;
  /** Resolves when the snapshot that started the actor is on disk; never when it could not be written. */
  readonly persisted: () => Promise<void>;
  /** Mends what somebody else did to the loop's files. Throws AutoloopError 152 where another runner may own it. */
  readonly lookAfterFiles: () => void;
  /** Somebody else changed this file of an attempt; `wrong` says what was found and done. */
  readonly tampered: (file: string, wrong: string) => void;
  readonly isolation: IsolationLayers;
  /** Removes temporary files that killed writers left in the data folder. */
  readonly removeLeftovers: () => void;
  /** Ends what is left of an attempt whose isolation layer died; resolves with the names of the processes found. */
  readonly sweepAttempt: (attemptId: string) => Promise<readonly string[]>;
  /** What gives a worker's tree a namespace of its own; null: this machine cannot. Throws where `strict` cannot be had. */
  readonly namespaceFor: (wanted: Settings['supervision']) => Promise<Command | null>;
  /** Of prompt, task and settings as they are now; null: it cannot be told. */
  readonly workMark: () => string | null;
}

export interface IsolationLayers {
  /**
   * Hands the order over to a layer. Resolves with the layer's exit code, null for a signal's death or a start that
   * failed; what came of the attempt is told by its directory alone.
   */
  start(order: AttemptOrder): Promise<number | null>;
  /** Of the layer that has the last order; null: there is none, or it has gone. */
  identity(): ProcessIdentity | null;
  /** The attempt of the last order has its result; whether its layer is good for another one. */
  finished(staysReady: boolean): void;
  /** No order will follow: the layer ends as soon as it has nothing to do. */
  noMore(): void;
  /** Waits for a layer that has nothing to do; one that works goes on alone. */
  letGo(): Promise<void>;
}

/** An agent that may do the work of this loop. */
export interface AgentChoice {
  readonly agent: Agent;
  /** What its tokens cost; null: not known. */
  readonly price: Price | null;
}

export interface EquipmentRequest extends AttemptKey {
  readonly target: string | null;
  readonly agent: Agent;
  /** Id of the session to go on with. */
  readonly resumes: string | null;
  readonly budget: Budget;
  readonly attemptId: string;
  readonly taskEnv: Readonly<Record<string, string>>;
}

export interface Equipment {
  /** The settings of the start, with what the task set for this attempt where nothing stronger did. */
  readonly settings: Settings;
  readonly plan: AgentPlan;
  readonly env: Readonly<Record<string, string>>;
  /** Names of variables that look secret and were not asked for. */
  readonly withheld: readonly string[];
}

export interface LoopPaths {
  readonly directory: string;
  readonly events: string;
  readonly log: string;
  readonly iterations: string;
  readonly summaryJson: string;
  readonly summaryText: string;
}

/** What an attempt is made of: the isolation layer's order, ready to be handed over. */
export interface ComposedAttempt {
  readonly order: AttemptOrder;
  readonly prompt: string;
  readonly notes: readonly Note[];
}

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export function composedKey(key: AttemptKey): string {
  return `${key.iteration}-${key.attempt}`;
}
