import type { LoopPolicy } from './context.ts';

/** The policy of a loop that nobody has asked for anything: what a context is made with before the real one is known. */
export const DEFAULT_POLICY: LoopPolicy = {
  ...{ intervalMs: 0, maxIntervalMs: 0, maxIterations: 0, maxFailures: 0, maxRetries: 0 },
  ...{ maxCostUsd: 0, maxTokens: 0, maxRuntimeMs: 0, maxLimitWaitMs: 0, completeAfter: 1 },
  ...{ waitsForLimits: true, continuesSessions: false, launches: true, checkpoints: false },
  ...{ endsByOutcome: false, agents: [] },
  breaker: { failures: 0, sameError: 0, sameTarget: 0, noChange: 0, cooldownMs: 0 },
};
