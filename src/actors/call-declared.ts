import type { Outcome } from '../domain/outcome.ts';
import { failurePolicy } from '../task/failure-policy.ts';
import { HOOK_READERS } from '../task/hook-readers.ts';
import type { HookContexts, HookValues } from '../task/hooks.ts';
import { callHook } from '../task/run-hook.ts';
import type { HookName } from '../task/task.ts';
import type { LoopWorld } from './loop-world.ts';

/** What a hook came to, or how its failure ends the iteration. `reason` is not redacted. */
export type Declared<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly outcome: Outcome; readonly reason: string };

/**
 * Calls a hook, and where it fails does what its task declared: `warn` goes on as if there were no such hook, `skip`
 * ends the iteration, `stop` ends it with an outcome that ends the run.
 */
export async function callDeclared<Name extends HookName>(
  world: Pick<LoopWorld, 'task' | 'log' | 'redact'>,
  name: Name,
  { context, skipped }: { context: HookContexts[Name]; skipped: Outcome },
): Promise<Declared<HookValues[Name]>> {
  const called = await callHook(world.task, name, context);
  if (called.ok) {
    return called;
  }
  const policy = failurePolicy(world.task, name);
  if (policy === 'warn') {
    world.log.warn({ iteration: context.iteration }, world.redact(called.message));
    return { ok: true, value: HOOK_READERS[name].absent(context) };
  }
  const outcome = policy === 'stop' ? 'worker_unavailable' : skipped;
  return { ok: false, outcome, reason: called.message };
}
