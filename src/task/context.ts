import type { Outcome } from '../domain/outcome.ts';
import type { Report } from '../domain/report.ts';
import type { Settings } from '../domain/settings.ts';
import type { OwnSettings } from './own-settings.ts';
import type { FailedValidation } from '../domain/validation.ts';

/** What every hook is told. All paths are absolute. */
export interface TaskContext<Own = OwnSettings> {
  readonly task: string;
  /** `--name`, else the task's name. */
  readonly loop: string;
  /** null outside of a run (`health`, `select`). A resumed run keeps its id. */
  readonly runId: string | null;
  /** The iteration at hand, or the next one; counts from 1 for ever. */
  readonly iteration: number;
  /** The attempt at hand within the iteration, from 1. */
  readonly attempt: number;
  /** What `selectTarget` chose; null before it and without one. */
  readonly target: string | null;
  readonly root: string;
  /** `--workspace`: where workers work unless `runWorker` says otherwise. */
  readonly workspace: string;
  readonly taskDir: string;
  /** `data/<loop>`. */
  readonly dataDir: string;
  readonly settings: Settings;
  /** The task's own settings, as its schema `settings` made them. */
  readonly own: Own;
  readonly paths: TaskPaths;
  /** Name of the agent of this attempt: `claude`, `command`, … */
  readonly agent: string;
  /** true: somebody only asks what would happen. Then a hook changes nothing anywhere. */
  readonly dryRun: boolean;
  /** Aborted when the hook's time is up or the loop gives it up. */
  readonly signal: AbortSignal;
  /** Writes a line to the loop's log. */
  log(message: string): void;
}

/** Files of the loop a task may read, or tell its worker of. */
export interface TaskPaths {
  readonly events: string;
  readonly summaryJson: string;
  readonly summaryText: string;
  readonly log: string;
  readonly iterations: string;
}

/** What a prompt is made of. */
export interface PromptParts {
  /** The prompt file's text, as it is. */
  readonly basePrompt: string;
  /** `summary.txt`, and what is known of the target; at most 1000 tokens; empty: there is none. */
  readonly summary: string;
  /** What `buildHelperContext` returned. */
  readonly helperContext: string;
  /** `--prefix`. */
  readonly prefix: string;
  /** What the operator handed over with `autoloop note`, oldest first. */
  readonly notes: readonly string[];
  /** What the last work on this target did not pass; null: it passed, or there was none. */
  readonly failed?: FailedValidation | null;
}

export type PromptContext<Own = OwnSettings> = TaskContext<Own> & PromptParts;

/** `prompt` is what `buildPrompt` made. */
export type WorkerContext<Own = OwnSettings> = TaskContext<Own> & { readonly prompt: string };

export interface EndedIterationContext<Own = OwnSettings> extends TaskContext<Own> {
  readonly outcome: Outcome;
  /** What the agent reported; null: no worker ended. Its `message` holds the agent's final words. */
  readonly report: Report | null;
}

export interface EpilogueContext<Own = OwnSettings> extends TaskContext<Own> {
  readonly ending: {
    readonly reason: string;
    readonly exitCode: number;
    /** Iterations of this run. */
    readonly iterations: number;
  };
  /** How autoloop is called from here: `autoloop`, `bin/autoloop`, … */
  readonly program: string;
}
