import type { EventDraft } from '../domain/event.ts';
import type { PruneRequest, Removal, RetentionRules } from '../domain/retention.ts';
import { planRemovals } from '../stores/retention/plan-removals.ts';
import { removeOld } from '../stores/retention/remove-old.ts';
import type { LoopFiles } from './loop-files.ts';

export interface PruningFacts {
  readonly files: Pick<LoopFiles, 'paths' | 'clock'>;
  readonly settings: RetentionRules;
  readonly record: (event: EventDraft) => void;
}

/** Removes what a running loop's settings leave no room for, now. What it does each iteration anyway is not waited for. */
export class Pruning {
  readonly #facts: PruningFacts;

  constructor(facts: PruningFacts) {
    this.#facts = facts;
  }

  /** What was removed, or would be. Throws AutoloopError (153, 155). */
  now({ dryRun, rules: asked }: PruneRequest): readonly Removal[] {
    const { files, settings } = this.#facts;
    const rules = { ...settings, ...asked };
    const removals = planRemovals(files.paths, { rules, now: files.clock.now() });
    if (!dryRun) {
      removeOld(files.paths.directory, removals);
      this.#recordGenerations(removals);
    }
    return removals;
  }

  /** As a rotation that removes some, and makes none. */
  #recordGenerations(removals: readonly Removal[]): void {
    const names = removals
      .filter(({ iteration }) => iteration === null)
      .flatMap(({ paths }) => paths);
    const files = Map.groupBy(names, (name) => name.replace(/\.\d+$/, ''));
    const nowhere = { iteration: null, duration: null, exitCode: null };
    for (const [file, pruned] of files) {
      this.#facts.record({ type: 'rotate', ...nowhere, details: { file, bytes: 0, pruned } });
    }
  }
}
