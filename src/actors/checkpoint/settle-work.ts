import type { CheckpointEnd, CheckpointInput } from '../../domain/loop-work.ts';
import { isSuccess } from '../../domain/outcome.ts';
import { endOfOutput } from '../gates/end-of-output.ts';
import type { LoopWorld } from '../loop-world.ts';
import { readReport } from '../validate-work.ts';
import { soleCheckpointScope } from './checkpoint-scope.ts';
import { commitMessage } from './commit-message.ts';
import { finishCheckpoint, type Finished } from './finish-checkpoint.ts';

const LONGEST_TOLD = 3_000;

/** Commits good work, takes back what is not; the next prompt of the target is told of what stood in the way. */
export async function settleWork(
  world: LoopWorld,
  input: CheckpointInput,
  signal: AbortSignal,
): Promise<CheckpointEnd> {
  const scope = await soleCheckpointScope(world, input, signal);
  const report = readReport(world, input);
  const message = world.redact(commitMessage({ ...scope, outcome: input.outcome, report }));
  const isGood = isSuccess(input.outcome);
  const finished = await finishCheckpoint({ ...scope, isGood, message });
  tellNextPrompt(world, input, finished);
  const { commit, takenBackTo } = finished;
  const warning = finished.warning === null ? null : world.redact(finished.warning);
  if (warning !== null) {
    world.log.warn({ iteration: input.iteration }, warning);
  }
  return { commit, takenBackTo, warning, at: world.clock.now() };
}

function tellNextPrompt(
  { failedValidations, redact }: LoopWorld,
  { iteration, target }: CheckpointInput,
  { takenBackTo, refused }: Finished,
): void {
  const failed = failedValidations.of(target);
  if (refused !== null) {
    const output = endOfOutput(redact(refused.output), LONGEST_TOLD);
    const gate = { name: refused.by, reason: 'it refused to have the work committed', output };
    failedValidations.keep({ target, iteration, takenBackTo: null, gates: [gate] });
  } else if (failed !== null && failed.iteration === iteration) {
    failedValidations.keep({ ...failed, takenBackTo });
  }
}
