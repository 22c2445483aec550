import { scoringRules, type ScoringRules } from '../../selection/scoring-rules.ts';
import { hasHook, type Task } from '../../task/task.ts';

/** Whether its targets are scored; else a hook or a selector of its own orders them, if it has any. */
export function scoresTargets(task: Task): boolean {
  return hasHook(task, 'targets') && !hasHook(task, 'selectTarget') && !hasHook(task, 'selector');
}

/** By which its targets are left out. Who orders them itself knows of failures; work that does not pass is left to us. */
export function rulesOf(task: Task): ScoringRules {
  const rules = scoringRules(task.definition.scoring);
  return scoresTargets(task) ? rules : { ...rules, quarantineAfter: 0 };
}
