import type { LoopPolicy } from '../../machines/loop/context.ts';
import type { Settings } from '../domain/settings.ts';
import type { RunMode } from './run-request.ts';

/** What the settings of this start mean for the machine. */
export function policyOf(settings: Settings, mode: RunMode, isNewRun: boolean): LoopPolicy {
  return {
    intervalMs: settings.interval * 1000,
    maxIterations: mode === 'once' ? (isNewRun ? 1 : 0) : settings.max,
    maxFailures: mode === 'once' ? 0 : settings.maxFailures,
    maxRetries: settings.maxRetries,
    waitsForLimits: mode !== 'once',
    launches: mode !== 'settle',
    checkpoints: false,
  };
}
