import type { ToldMaturity } from '../domain/progress/graduation.ts';
import type { TargetRecord } from '../domain/summary/summary.ts';
import type { TaskContext } from './context.ts';
import type { OwnSettings } from './own-settings.ts';

/** What `targets` and a `selector` function are told. */
export interface SelectionContext<Own = OwnSettings> extends TaskContext<Own> {
  /** What is known of each target that was worked on, by its name. */
  readonly history: Readonly<Record<string, TargetRecord>>;
}

/** A target as the hook `targets` offers it. */
export interface TargetOffer {
  /** One line, at most 500 characters. */
  readonly name: string;
  /**
   * How much there is to do, 0 (nothing) to 1 (everything). A function is called where it is needed, and not again while
   * `inputs` and `version` are what they were; without both, each time. It may throw: a warning, and the need is not known.
   */
  readonly need?: number | (() => number | Promise<number>);
  /** The operator's wish, −1 to 1. Default 0. */
  readonly priority?: number;
  /** Why its need and priority are so, in a few words: `select` shows it. */
  readonly reason?: string;
  /** true: good enough, not worked on until this says otherwise. */
  readonly graduated?: boolean;
  /** How far it is: with its stability, which the loop knows, it graduates by `graduationScore`, and comes back below it. */
  readonly maturity?: ToldMaturity;
  /** Files that `need` is worked out from, relative to the workspace: looked at by size, time and content. */
  readonly inputs?: readonly string[];
  /** Whatever else tells whether `need` is still what it was: a commit, a hash. */
  readonly version?: string;
}
