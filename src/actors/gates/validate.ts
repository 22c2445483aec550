import { attemptId } from '../../domain/attempt.ts';
import type { JudgeInput } from '../../domain/loop-work.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Report } from '../../domain/report.ts';
import type { TimedVerdict } from '../../domain/validation.ts';
import type { Gate } from '../../task/gate.ts';
import { gatesOf } from '../../task/gates-of.ts';
import type { LoopWorld } from '../loop-world.ts';
import { failurePolicy } from '../../task/failure-policy.ts';
import { callHook } from '../../task/run-hook.ts';
import { taskContext } from '../task-context.ts';
import { endOfOutput } from './end-of-output.ts';
import { runGate, type GateResult, type GateScope } from './run-gate.ts';

export interface Validation {
  /** null: there was nothing to pass. */
  readonly passed: boolean | null;
  readonly gates: readonly TimedVerdict[];
  /** What work comes to that does not pass. */
  readonly failsAs: Outcome;
}

export interface Work {
  readonly input: JudgeInput;
  readonly outcome: Outcome;
  readonly report: Report | null;
  readonly signal: AbortSignal;
}

/**
 * Runs the task's gates over work that seems good, one after the other, all of them: a prompt is to tell of all that is
 * wrong. What a dead runner left of them is ended first.
 */
export async function validate(world: LoopWorld, work: Work): Promise<Validation> {
  const { input, signal } = work;
  if (work.outcome !== 'succeeded') {
    return { passed: null, gates: [], failsAs };
  }
  const context = { ...taskContext(world, { ...input, signal }), ...factsOf(work) };
  const gates = await gatesOf(world.task, context);
  const results = gates.ok
    ? await runAll(world, input, { gates: gates.value, signal })
    : unknownGates(world, input, gates.message);
  // Nobody waits for the answer of gates that were given up, and they say nothing of the work.
  if (results.length === 0 || signal.aborted) {
    return { passed: null, gates: [], failsAs };
  }
  remember(world, input, results);
  const passed = results.every((result) => result.passed);
  const stops = !gates.ok && failurePolicy(world.task, 'gates') === 'stop';
  return { passed, gates: results.map(verdictOf), failsAs: stops ? 'worker_unavailable' : failsAs };
}

const failsAs = 'validation_failed';

function factsOf({ outcome, report }: Work): Pick<Work, 'outcome' | 'report'> {
  return { outcome, report };
}

async function runAll(
  world: LoopWorld,
  input: JudgeInput,
  { gates, signal }: { readonly gates: readonly Gate[]; readonly signal: AbortSignal },
): Promise<GateResult[]> {
  if (gates.length === 0) {
    return [];
  }
  const scope = await scopeOf(world, input, signal);
  const results: GateResult[] = [];
  for (const [index, gate] of gates.entries()) {
    const failed = results.filter(({ passed }) => !passed).length;
    const place = { gate: world.redact(gate.name), number: index + 1, of: gates.length, failed };
    world.runsGate({ ...place, sinceEpochMs: world.clock.now() });
    const result = await runGate(gate, scope);
    if (signal.aborted) {
      return results;
    }
    const reason = result.reason === null ? null : world.redact(result.reason);
    results.push({ ...result, reason, output: world.redact(result.output) });
    const facts = { iteration: input.iteration, gate: gate.name, seconds: result.seconds };
    world.log.info(
      facts,
      reason === null ? 'a gate was passed' : `a gate was not passed: ${reason}`,
    );
  }
  world.runsGate(null);
  return results;
}

/** The gates see what their worker saw, and are marked apart from it: they are swept on their own. */
async function scopeOf(
  world: LoopWorld,
  input: JudgeInput,
  signal: AbortSignal,
): Promise<GateScope> {
  const ownId = `${attemptId(world.runId, input)}-gates`;
  const context = taskContext(world, { ...input, signal });
  const prepared = await callHook(world.task, 'prepareWorkerEnv', context);
  const taskEnv = prepared.ok ? prepared.value : {};
  const { agent } = world;
  const { env } = world.equip({ ...input, agent, resumes: null, attemptId: ownId, taskEnv });
  const sweep = (): Promise<unknown> => world.sweepAttempt(ownId);
  await sweep();
  return { env, signal, sweep };
}

/** Work of which nobody knows what it has to pass has not passed, unless its task says that a warning is enough. */
function unknownGates(world: LoopWorld, { iteration }: JudgeInput, message: string): GateResult[] {
  const reason = world.redact(message);
  if (failurePolicy(world.task, 'gates') === 'warn') {
    world.log.warn({ iteration }, reason);
    return [];
  }
  const gate = 'the gates of the task';
  return [{ gate, passed: false, reason, tests: null, retried: false, output: '', seconds: 0 }];
}

const LONGEST_KEPT = 64_000;
const LONGEST_TOLD = 3_000;
const MOST_TOLD = 5;

/** For people in the iteration's folder, for the next prompt of the target beside it. */
function remember(
  world: LoopWorld,
  { iteration, target }: JudgeInput,
  results: readonly GateResult[],
): void {
  const kept = results.map((result) => ({
    ...verdictOf(result),
    output: endOfOutput(result.output, LONGEST_KEPT),
  }));
  world.attempts.keep(iteration, {
    name: 'gates.json',
    text: `${JSON.stringify(kept, null, 2)}\n`,
  });
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length === 0) {
    world.failedValidations.clear(target);
    return;
  }
  world.failedValidations.keep({
    // Whether it is taken back, is seen later.
    ...{ target, iteration, takenBackTo: null },
    gates: failed.slice(0, MOST_TOLD).map(({ gate, reason, output }) => ({
      name: gate,
      reason: reason ?? 'not passed',
      output: endOfOutput(output, LONGEST_TOLD),
    })),
  });
}

function verdictOf({ gate, passed, reason, tests, retried, seconds }: GateResult): TimedVerdict {
  return { gate, passed, reason, tests, retried, seconds };
}
