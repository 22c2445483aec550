import type { LoopPolicy } from '../../machines/loop/context.ts';
import type { BreakerPolicy } from '../domain/breaker.ts';
import type { Settings } from '../domain/settings.ts';
import type { RunMode } from './run-request.ts';

/** What the settings of this start mean for the machine. */
export function policyOf(settings: Settings, mode: RunMode, isNewRun: boolean): LoopPolicy {
  return {
    intervalMs: settings.interval * 1000,
    maxIntervalMs: settings.maxInterval * 1000,
    maxIterations: mode === 'once' ? (isNewRun ? 1 : 0) : settings.max,
    maxFailures: mode === 'once' ? 0 : settings.maxFailures,
    maxRetries: settings.maxRetries,
    maxCostUsd: settings.maxCost,
    maxTokens: settings.maxTokens,
    maxRuntimeMs: settings.maxRuntime * 1000,
    maxLimitWaitMs: settings.maxLimitWait * 1000,
    waitsForLimits: mode !== 'once',
    endsByOutcome: mode === 'once',
    agents: [settings.agent, ...settings.fallbackAgents.filter((name) => name !== settings.agent)],
    continuesSessions: settings.continueSession,
    completeAfter: settings.completeAfter,
    breaker: breakerPolicy(settings),
    launches: mode !== 'settle',
    checkpoints: false,
  };
}

function breakerPolicy(settings: Settings): BreakerPolicy {
  return {
    failures: settings.breakerFailures,
    sameError: settings.breakerSameError,
    sameTarget: settings.breakerSameTarget,
    noChange: settings.breakerNoChange,
    cooldownMs: settings.breakerCooldown * 1000,
  };
}
