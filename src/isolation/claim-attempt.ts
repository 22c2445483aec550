import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptClaim, AttemptOrder } from '../domain/attempt.ts';
import { createFileOnce } from '../stores/durable-file.ts';
import { ownIdentity } from '../stores/process-identity.ts';

/** Takes the attempt for this process; null: somebody else has it, or it has ended already. */
export function claimAttempt(order: AttemptOrder): AttemptClaim | null {
  const claim = claimOf(order);
  const isOurs =
    !existsSync(join(order.directory, 'result.json')) &&
    createFileOnce(join(order.directory, 'claim.json'), `${JSON.stringify(claim)}\n`);
  return isOurs ? claim : null;
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
  };
}
