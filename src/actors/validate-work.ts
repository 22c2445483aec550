import { fromPromise } from 'xstate';
import type { AttemptKey, AttemptResult } from '../domain/attempt.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { JudgeInput, Judgement } from '../domain/loop-work.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Report } from '../domain/report.ts';
import { parseReport } from '../task/parse-report.ts';
import { changedPaths } from './checkpoint/changed-paths.ts';
import { checkpointScope } from './checkpoint/checkpoint-scope.ts';
import { completionOf } from './completion-of.ts';
import { lookAtWorkspace } from './compose-prompt/compose-prompt.ts';
import { validate } from './gates/validate.ts';
import type { LoopWorld } from './loop-world.ts';

/** Reads the agent's report, keeps it as `report.json`, and lets it, the task and its gates say what an exit code cannot. */
export function validateWork(world: LoopWorld) {
  return fromPromise<Judgement, JudgeInput>(async ({ input, signal }) => {
    await world.persisted();
    const report = await withChanges(world, input, signal);
    if (report) {
      const text = `${JSON.stringify(report, null, 2)}\n`;
      world.attempts.keep(input.iteration, { name: 'report.json', text });
    }
    const reported = report && !report.derived ? report : null;
    const said = reported ? judged(input.outcome, reported) : input.outcome;
    const outcome = await judgedByWorkspace(world, { ...input, outcome: said }, signal);
    const validation = await validate(world, { input, outcome, report, signal });
    const judgement = {
      outcome: validation.passed === false ? validation.failsAs : outcome,
      validation: validation.passed,
      gates: validation.gates,
      changes: reported || report?.changes.length ? (report?.changes ?? null) : null,
      report: reported?.status ?? null,
    } as const;
    const completion = await completionOf(world, { input, judgement, report, signal });
    return { ...judgement, completion, at: world.clock.now() };
  });
}

/** A task that expects changes is told when there was none; unknown is not none. */
async function judgedByWorkspace(
  world: LoopWorld,
  { outcome, workspaceMark }: JudgeInput,
  signal: AbortSignal,
): Promise<Outcome> {
  const isUnchanged =
    outcome === 'succeeded' &&
    workspaceMark !== null &&
    workspaceMark === (await lookAtWorkspace(world, signal));
  return isUnchanged ? 'no_change' : outcome;
}

/** Where the agent reported nothing, git tells what it changed. */
async function withChanges(
  world: LoopWorld,
  input: JudgeInput,
  signal: AbortSignal,
): Promise<Report | null> {
  const report = readReport(world, input);
  if (!report?.derived || world.settings.checkpoint === 'off') {
    return report;
  }
  const changes = await changedPaths(checkpointScope(world, input, signal));
  return { ...report, changes: changes.map((path) => world.redact(path)) };
}

/** null: no worker ended. */
export function readReport(world: LoopWorld, input: AttemptKey): Report | null {
  const result = input.attempt > 0 ? readResult(world, input) : null;
  return result && parseReport(result.finalMessage);
}

/** Its outcome is known already; who damaged the file since takes the words along. */
function readResult(world: LoopWorld, input: AttemptKey): AttemptResult | null {
  try {
    return world.attempts.readResult(input);
  } catch (error) {
    if (error instanceof AutoloopError && error.code === EXIT.state) {
      return null;
    }
    throw error;
  }
}

/** Only an attempt that went well is judged by what it says of itself. */
function judged(outcome: Outcome, report: Report): Outcome {
  if (outcome !== 'succeeded') {
    return outcome;
  }
  if (report.status === 'failed') {
    return 'failed';
  }
  return report.status === 'no_change' ? 'no_change' : outcome;
}
