import type { Command } from '../domain/attempt.ts';
import type { ToldMaturity } from '../domain/progress/graduation.ts';
import type { Measures } from '../domain/progress/measures.ts';
import type { Candidate } from '../domain/target.ts';
import type {
  EndedIterationContext,
  EpilogueContext,
  PromptContext,
  TaskContext,
  WorkerContext,
} from './context.ts';
import type { Gate } from './gate.ts';
import type { SelectionContext } from './selection-hooks.ts';

/** What each hook is called with. */
export interface HookContexts {
  checkWorkerAvailable: TaskContext;
  selectTarget: TaskContext;
  selector: SelectionContext;
  targets: SelectionContext;
  promptCandidates: TaskContext;
  buildHelperContext: TaskContext;
  buildPrompt: PromptContext;
  prepareWorkerEnv: TaskContext;
  runWorker: WorkerContext;
  gates: EndedIterationContext;
  isComplete: EndedIterationContext;
  afterIteration: EndedIterationContext;
  measure: EndedIterationContext;
  epilogue: EpilogueContext;
}

/** What comes of each hook, checked, in one form, and also where the task has no such hook. */
export interface HookValues {
  checkWorkerAvailable: { readonly available: boolean; readonly reason: string | null };
  /** null: the task has no such hook. */
  selectTarget: ChosenTarget | null;
  /** Each name once. */
  selector: readonly Candidate[];
  /** Each name once. */
  targets: readonly Offer[];
  /** Absolute paths; null: the task has no such hook. */
  promptCandidates: readonly string[] | null;
  buildHelperContext: string;
  buildPrompt: string;
  prepareWorkerEnv: Readonly<Record<string, string>>;
  runWorker: WorkerOrder;
  gates: readonly Gate[];
  isComplete: boolean;
  afterIteration: null;
  /** Empty: nothing is known. */
  measure: Measures;
  /** Empty: nothing to say. */
  epilogue: string;
}

export interface ChosenTarget {
  /** null: nothing is left to work on. */
  readonly target: string | null;
  readonly candidates: readonly Candidate[];
}

/** A target, and how its need is found out. */
export interface Offer {
  readonly name: string;
  /** null: not known. */
  readonly need: number | (() => unknown) | null;
  readonly priority: number;
  readonly reason?: string;
  readonly graduated: boolean;
  /** null: its task does not tell. */
  readonly maturity: ToldMaturity | null;
  /** As its task wrote them. */
  readonly inputs: readonly string[];
  readonly version: string | null;
}

export interface WorkerOrder {
  /** null: the agent's own. */
  readonly command: Command | null;
  readonly stdin: string;
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
}
