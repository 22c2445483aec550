import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptClaim, AttemptOrder } from '../domain/attempt.ts';
import { CLAIM } from '../stores/attempt-claim.ts';
import { despiteRemoval } from '../stores/despite-removal.ts';
import { createFileOnce } from '../stores/durable-file.ts';
import { isSameProcess, ownIdentity } from '../stores/process-identity.ts';
import { readShapedFile } from '../stores/shaped-file.ts';

/** Takes the attempt for this process; null: somebody else has it, or it has ended already. */
export function claimAttempt(order: AttemptOrder): AttemptClaim | null {
  const { directory } = order;
  const claim = claimOf(order);
  const path = join(directory, 'claim.json');
  if (existsSync(join(directory, 'result.json'))) {
    return null;
  }
  const isOurs = despiteRemoval(directory, () =>
    createFileOnce(path, `${JSON.stringify(claim)}\n`),
  );
  return isOurs ? claim : ownClaim(path, claim);
}

/** Where the folder was deleted while this process was starting, its runner has written the claim in its name. */
function ownClaim(path: string, { attemptId, isolation }: AttemptClaim): AttemptClaim | null {
  const found = readShapedFile(path, CLAIM);
  const isOurs =
    found?.attemptId === attemptId &&
    isolation !== null &&
    found.isolation !== null &&
    isSameProcess(found.isolation, isolation);
  return isOurs ? found : null;
}

function claimOf(order: AttemptOrder): AttemptClaim {
  const { attemptId, agent, idleTimeoutMs, graceMs, timeoutMs } = order;
  const startedAtEpochMs = Date.now();
  return {
    format: 1,
    attemptId,
    isolation: ownIdentity(),
    agent,
    startedAtEpochMs,
    deadlineEpochMs: startedAtEpochMs + timeoutMs,
    idleTimeoutMs,
    graceMs,
    supervision: order.namespace === null ? 'base' : 'strict',
    budget: order.budget,
  };
}
