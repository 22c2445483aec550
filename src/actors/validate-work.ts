import { fromPromise } from 'xstate';
import type { AttemptKey, AttemptResult } from '../domain/attempt.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { JudgeInput, Judgement } from '../domain/loop-work.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Report } from '../domain/report.ts';
import { parseReport } from '../task/parse-report.ts';
import { hasHook } from '../task/task.ts';
import { changesSince } from './changes/changes-since.ts';
import { listed, writeChanges } from './changes/kept-changes.ts';
import { completionOf } from './completion-of.ts';
import type { Validation, Work as JudgedWork } from './gates/validate.ts';
import type { LoopWorld } from './loop-world.ts';

/** Reads the agent's report, keeps it as `report.json`, and lets it, the task and its gates say what an exit code cannot. */
export function validateWork(world: LoopWorld) {
  return fromPromise<Judgement, JudgeInput>(async ({ input, signal }) => {
    await world.persisted();
    const { report, changes, isUnchanged } = await lookAtWork(world, input, signal);
    if (report) {
      const text = `${JSON.stringify(report, null, 2)}\n`;
      world.attempts.keep(input.iteration, { name: 'report.json', text });
    }
    const reported = report && !report.derived ? report : null;
    const said = reported ? judged(input.outcome, reported) : input.outcome;
    const outcome = said === 'succeeded' && isUnchanged ? 'no_change' : said;
    const validation = await validated(world, { input, outcome, report, signal });
    const judgement = {
      outcome: validation.passed === false ? validation.failsAs : outcome,
      validation: validation.passed,
      gates: validation.gates,
      changes: reported?.changes ?? changes,
      report: reported?.status ?? null,
    } as const;
    const completion = await completionOf(world, { input, judgement, report, signal });
    return { ...judgement, completion, at: world.clock.now() };
  });
}

async function validated(world: LoopWorld, work: JudgedWork): Promise<Validation> {
  if (world.task.definition.gates === undefined) {
    return { passed: null, gates: [], failsAs: 'validation_failed' };
  }
  const { validate } = await import('./gates/validate.ts');
  return validate(world, work);
}

interface Work {
  readonly report: Report | null;
  /** null: not known. */
  readonly changes: readonly string[] | null;
  /** A task that expects changes is told when there was none; unknown is not none. */
  readonly isUnchanged: boolean;
}

/** Where the agent reported nothing, git tells what it changed; and where a task tells what is the target's own. */
async function lookAtWork(world: LoopWorld, input: JudgeInput, signal: AbortSignal): Promise<Work> {
  const { iteration, outcome, workspaceMark } = input;
  const report = readReport(world, input);
  const wanted = {
    paths: report !== null && (report.derived || hasHook(world.task, 'measure')),
    mark: outcome === 'succeeded' && workspaceMark !== null,
  };
  const { paths, mark } = await changesSince(world, input, { wanted, signal });
  if (paths !== null) {
    writeChanges(world, iteration, paths);
  }
  const changes = paths && listed(paths);
  return {
    report: report && withChanges(report, changes),
    changes,
    isUnchanged: wanted.mark && mark === workspaceMark,
  };
}

/** What an agent reported itself stands. */
export function withChanges(report: Report, changes: readonly string[] | null): Report {
  return report.derived && changes !== null ? { ...report, changes } : report;
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
