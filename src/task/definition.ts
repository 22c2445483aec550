import type { Mode } from '../domain/mode.ts';
import type { Measures } from '../domain/progress/measures.ts';
import type { Settings } from '../domain/settings.ts';
import type { WrittenRules } from '../selection/scoring-rules.ts';
import type {
  EndedIterationContext,
  EpilogueContext,
  PromptContext,
  TaskContext,
  WorkerContext,
} from './context.ts';
import type { SelectionContext, TargetOffer } from './selection-hooks.ts';
import type { FailurePolicies } from './failure-policies.ts';
import type { OwnSchema, OwnSettings } from './own-settings.ts';
import type { TaskGate } from './gate.ts';

export type Awaitable<Value> = Value | Promise<Value>;

/**
 * A task: plain data and hooks, every one of them optional, sync or async.
 *
 * For every hook:
 * - It may throw or reject. What follows is said with it; the loop itself never falls over it.
 * - It may be called again for the same iteration and attempt: after a crash what was in flight is done anew. So it
 *   makes sure of things rather than doing them ("the folder is there", not "create the folder").
 * - One worker at a time: never concurrently. With several workers, hooks of different iterations may overlap.
 * - It has 60 seconds. One that blocks the thread (an endless synchronous loop) for 75 seconds ends the runner; its run can be resumed.
 * - It returns at most 10 million characters and a million values, and logs at most 1000 lines.
 * - `dry-run` calls it too, with `dryRun: true`: then it changes nothing.
 */
export interface TaskDefinition<Own = OwnSettings> {
  /** Must be the folder's name where it is given. */
  readonly name?: string;
  /** One sentence for `autoloop tasks list`. */
  readonly description?: string;
  /** Settings of this task, named like the flags in camelCase; flags and environment win over them. */
  readonly defaults?: TaskDefaults;
  /** Schema of zod for settings of its own, set by `--task-settings`; hooks find them as `own`. */
  readonly settings?: OwnSchema<Own>;
  /** What follows where a hook fails; absent: what is said with each hook. */
  readonly onFailure?: FailurePolicies;
  /** true: an iteration that changed nothing counts as `no_change`. Default false. */
  readonly expectsChanges?: boolean;
  /** Modes it can be run in, the first one without `--mode`. Absent: in all, and none is set. */
  readonly modes?: readonly [Mode, ...Mode[]];
  /** false: its workers only plan or read, and start whatever connections, memory and load say. Default true. */
  readonly startGates?: boolean;

  /**
   * Prompt files, relative to the task's folder; the first readable one wins. Called before each attempt.
   * Absent: `prompts/<task>.md`, `prompts/*-loop.md`, `prompt.md`. Throws: the iteration ends as `failed`.
   */
  promptCandidates?(context: TaskContext<Own>): Awaitable<readonly string[]>;

  /** Facts put before the prompt. Absent: none. Throws: a warning, and none. */
  buildHelperContext?(context: TaskContext<Own>): Awaitable<string>;

  /** The whole prompt. Absent: `composePrompt`, which it may also call. Throws: the iteration ends as `failed`. */
  buildPrompt?(context: PromptContext<Own>): Awaitable<string>;

  /**
   * Can a worker be started at all? Called at the start of a run and by `health`. Absent: yes.
   * No, or throws: the run does not start, exit 151.
   */
  checkWorkerAvailable?(context: TaskContext<Own>): Awaitable<boolean | WorkerAvailability>;

  /** Variables for the worker. Called before each attempt. Absent: none. Throws: the iteration ends as `failed`. */
  prepareWorkerEnv?(context: TaskContext<Own>): Awaitable<Readonly<Record<string, string>>>;

  /**
   * What to run instead of the agent's own command. It only says so: the isolation layer runs it, and reads its output as
   * that of the agent set. Called before each attempt. Absent, or nothing returned: the agent's command, the prompt on
   * stdin, in the workspace. Throws: the iteration ends as `worker_unavailable`.
   */
  runWorker?(context: WorkerContext<Own>): Awaitable<WorkerPlan | undefined>;

  /**
   * What this iteration works on. null: nothing is left to work on; the iteration ends as `no_change` and starts no worker.
   * Called once per iteration, before anything else. Absent: no target. Throws: the iteration ends as `selection_failed`.
   */
  selectTarget?(context: TaskContext<Own>): Awaitable<string | null | TargetSelection>;

  /**
   * What the work has to pass before it is accepted: a list, or a function that says so after a worker has ended well.
   * Absent: nothing. Throws: the iteration ends as `validation_failed`.
   */
  readonly gates?:
    | readonly TaskGate[]
    | ((context: EndedIterationContext<Own>) => Awaitable<readonly TaskGate[]>);

  /**
   * Without `selectTarget`: a program that prints candidates, best first, as a path relative to the task's folder; or a
   * function that returns them. None: nothing is left to work on. Absent: an executable `selector` or `selector.*` in the
   * task's folder. Exits with other than 0, throws, takes more than 60 s: the iteration ends as `selection_failed`.
   */
  selector?:
    | string
    | ((context: SelectionContext<Own>) => Awaitable<readonly (string | TargetCandidate)[]>);

  /**
   * Without `selectTarget` and selector: what there is to work on; the best by score is chosen. Called once per iteration.
   * None, or all graduated: nothing is left. Throws: the iteration ends as `selection_failed`.
   */
  targets?(context: SelectionContext<Own>): Awaitable<readonly (string | TargetOffer)[]>;

  /** How `targets` are scored, where it is to be other than docs/selection.md says. */
  readonly scoring?: WrittenRules;

  /**
   * Is the work of the whole loop done? true ends the run with exit code 0. Called after each iteration, and then the
   * agent's own word for it does not count. Absent: `--complete-after` reports of `complete` in a row. Throws: a warning, and no.
   */
  isComplete?(context: EndedIterationContext<Own>): Awaitable<boolean>;

  /** Told how the iteration ended. Called before its `iteration_end`. Throws: a warning. */
  afterIteration?(context: EndedIterationContext<Own>): Awaitable<void>;

  /**
   * How far the work is: the figures of `progress` and `drift_coefficient` in `summary.json`. Called after `afterIteration`.
   * Absent, nothing returned or throws (a warning): not known, and the figures stay as they are.
   */
  measure?(context: EndedIterationContext<Own>): Awaitable<Measures | undefined>;

  /** A few lines `run` ends with on a terminal: what to look at, what to do next. Absent, empty or throws: none. */
  epilogue?(context: EpilogueContext<Own>): Awaitable<string>;
}

/** Task defaults for settings; lists may be written as the flag is (`'Read,Edit'`). */
export type TaskDefaults = { readonly [Name in keyof Settings]?: Written<Settings[Name]> };

type Written<Value> = Exclude<Value, null> | (readonly string[] extends Value ? string : never);

export interface WorkerAvailability {
  readonly available: boolean;
  /** Why not, and how to mend it. */
  readonly reason?: string;
}

/** A program to run, never through a shell. */
export interface WorkerPlan {
  /** A name on PATH, or a path, relative to the task's folder. Absent: the agent's own command and arguments. */
  readonly command?: string;
  /** Only with `command`. */
  readonly args?: readonly string[];
  /** Absent: the prompt. */
  readonly stdin?: string;
  /** On top of what `prepareWorkerEnv` returned. */
  readonly env?: Readonly<Record<string, string>>;
  /** An existing folder, relative to the workspace. Absent: the workspace. */
  readonly cwd?: string;
}

export interface TargetSelection {
  readonly target: string | null;
  /** What there was to choose from, best first. */
  readonly candidates?: readonly (string | TargetCandidate)[];
}

export interface TargetCandidate {
  readonly name: string;
  readonly score?: number;
  readonly reason?: string;
}
