import type { LoopStatus } from '../../src/domain/loop-status.ts';
import type { EventDetails, EventName, RecordedEvent } from '../../src/domain/event.ts';
import type { Notification } from '../../src/domain/notification/notification.ts';

export function notification(facts: Partial<Notification> = {}): Notification {
  return {
    ...{ type: 'autoloop.notification', version: 1, id: 'r1-7', at: '2026-01-02T03:04:05.000Z' },
    ...{ kind: 'breaker', state: 'raised', level: 'error', title: 'night: breaker open' },
    ...{ text: 'Loop "night" has stopped trying', loop: 'night', task: 'improve', run_id: 'r1' },
    ...{ host: 'attic', iteration: 7, reason: 'same_error', exit_code: null, until: null },
    ...{ figures: null, command: null, held_back: {}, event: null },
    ...facts,
  };
}

let seq = 0;

export function recorded<Name extends EventName>(
  event: Name,
  details: EventDetails[Name],
  exitCode: number | null = null,
): RecordedEvent {
  seq += 1;
  return {
    ...{ timestamp: '2026-01-02T03:04:05.000Z', event, iteration: null, task: 'improve' },
    ...{ duration: null, exit_code: exitCode, details, seq, run_id: 'r1' },
  };
}

export function statusWith(facts: {
  readonly totals?: Partial<LoopStatus['totals']>;
  readonly caps?: Partial<LoopStatus['caps']>;
}): LoopStatus {
  return {
    ...{ loop: 'night', task: 'improve', state: 'waiting.interval', running: true, stale: false },
    ...{ pid: 1, since: null, runId: 'r1', iteration: 57, target: null, worker: null, wait: null },
    ...{ validation: null, stopRequested: false, paused: false, ended: null },
    breaker: { state: 'closed', cause: null, diagnosis: null },
    caps: {
      ...{ maxIterations: null, maxFailures: 5, failuresInRow: 0, maxCostUsd: null },
      ...{ maxTokens: null, maxRuntimeSeconds: null, runtimeSeconds: 25_800 },
      ...{ maxLimitWaitSeconds: null, limitWaitSeconds: 0, until: null },
      ...facts.caps,
    },
    totals: {
      ...{ iterations: 57, succeeded: 41, failed: 16, costUsd: 5.02, costIsEstimated: false },
      tokens: null,
      ...facts.totals,
    },
    dataDir: '/data/night',
  };
}
