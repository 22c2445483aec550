import { FAILURE_POLICIES, type FailurePolicies, type FailurePolicy } from './failure-policies.ts';
import type { HookName, Task } from './task.ts';

/** What follows when this hook of the task fails. */
export function failurePolicy({ definition }: Task, name: HookName): FailurePolicy {
  return name in FAILURE_POLICIES ? policyOf(definition.onFailure ?? {}, name) : 'warn';
}

function policyOf(declared: FailurePolicies, name: HookName): FailurePolicy {
  const known: Partial<Record<HookName, readonly FailurePolicy[]>> = FAILURE_POLICIES;
  const said: Partial<Record<HookName, FailurePolicy>> = declared;
  return said[name] ?? known[name]?.[0] ?? 'warn';
}
