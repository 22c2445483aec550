import type { Headers } from '../model-api/wire-answer.ts';

/** How full a subscription's window is. */
export interface UsageWindow {
  readonly status: 'allowed' | 'allowed_warning' | 'rejected';
  readonly resetsAtEpochSeconds: number;
  /** From 0 to 1. */
  readonly utilization: number;
  /** Default: `five_hour`. */
  readonly claim?: 'five_hour' | 'seven_day';
}

/** The headers with which the API tells it; they go with good answers too. */
export function usageWindowHeaders(window: UsageWindow): Headers {
  const { status, claim = 'five_hour' } = window;
  const prefix = 'anthropic-ratelimit-unified';
  const short = claim === 'five_hour' ? '5h' : '7d';
  const reset = String(window.resetsAtEpochSeconds);
  return {
    [`${prefix}-status`]: status,
    [`${prefix}-reset`]: reset,
    [`${prefix}-representative-claim`]: claim,
    [`${prefix}-${short}-status`]: status,
    [`${prefix}-${short}-reset`]: reset,
    [`${prefix}-${short}-utilization`]: String(window.utilization),
  };
}
