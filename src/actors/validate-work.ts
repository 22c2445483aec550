import { fromPromise } from 'xstate';
import type { AttemptResult } from '../domain/attempt.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { AttemptInput, Judgement } from '../domain/loop-work.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Report } from '../domain/report.ts';
import { parseReport } from '../task/parse-report.ts';
import type { LoopWorld } from './loop-world.ts';

/** Reads the agent's report, keeps it as `report.json`, and lets it say what an exit code cannot. */
export function validateWork(world: LoopWorld) {
  return fromPromise<Judgement, AttemptInput & { outcome: Outcome }>(async ({ input }) => {
    await world.persisted();
    const report = readReport(world, input);
    if (report) {
      const text = `${JSON.stringify(report, null, 2)}\n`;
      world.attempts.keep(input.iteration, { name: 'report.json', text });
    }
    const reported = report && !report.derived ? report : null;
    return {
      outcome: reported ? judged(input.outcome, reported) : input.outcome,
      validation: null,
      changes: reported?.changes ?? null,
      report: reported?.status ?? null,
      at: world.clock.now(),
    };
  });
}

/** null: no worker ended. */
export function readReport(world: LoopWorld, input: AttemptInput): Report | null {
  const result = input.attempt > 0 ? readResult(world, input) : null;
  return result && parseReport(result.finalMessage);
}

/** Its outcome is known already; who damaged the file since takes the words along. */
function readResult(world: LoopWorld, input: AttemptInput): AttemptResult | null {
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
