import { MANY, named, type Definitions } from '../setting-definition.ts';
import { count, decimal, seconds } from '../setting-values.ts';

/** When iterations begin, and what ends a run. */
export const loopSettings: Definitions<
  | 'interval'
  | 'maxInterval'
  | 'max'
  | 'maxCost'
  | 'maxTokens'
  | 'maxRuntime'
  | 'maxFailures'
  | 'completeAfter'
  | 'timeout'
  | 'idleTimeout'
  | 'grace'
> = {
  interval: {
    name: 'interval',
    ...named('interval', 'INTERVAL_SECONDS', 'seconds'),
    schema: seconds(0),
    fallback: 300,
    help: 'wait between two iterations; 0 is allowed, but after one without a worker it is at least 1 s',
  },
  maxInterval: {
    name: 'maxInterval',
    ...named('max-interval', 'MAX_INTERVAL', 'seconds'),
    schema: seconds(0),
    fallback: 3600,
    help: 'what the interval doubles to at most while iterations find nothing to do',
  },
  max: {
    name: 'max',
    ...named('max', 'MAX_ITERATIONS', 'n'),
    schema: count(0, MANY),
    fallback: 0,
    help: 'iterations of this run; 0 is no limit',
  },
  maxCost: {
    name: 'maxCost',
    ...named('max-cost', 'MAX_COST_USD', 'usd'),
    schema: decimal(0, MANY),
    fallback: 0,
    help: 'what this run may cost, over all its resumes; 0 is no limit',
  },
  maxTokens: {
    name: 'maxTokens',
    ...named('max-tokens', 'MAX_TOKENS', 'n'),
    schema: count(0, 1_000_000_000_000),
    fallback: 0,
    help: 'tokens this run may use (in, out and cache writes); 0 is no limit',
  },
  maxRuntime: {
    name: 'maxRuntime',
    ...named('max-runtime', 'MAX_RUNTIME', 'seconds'),
    schema: seconds(0),
    fallback: 0,
    help: 'how long this run may run, waits included (90, 30m, 8h); 0 is no limit',
  },
  maxFailures: {
    name: 'maxFailures',
    ...named('max-failures', 'MAX_FAILURES', 'n'),
    schema: count(0, MANY),
    fallback: 5,
    help: 'failures in a row that end the run; 0 is no limit',
  },
  completeAfter: {
    name: 'completeAfter',
    ...named('complete-after', 'COMPLETE_AFTER', 'n'),
    schema: count(1, MANY),
    fallback: 2,
    help: 'iterations in a row that must report "complete" before the run ends as done',
  },
  timeout: {
    name: 'timeout',
    ...named('timeout', 'TIMEOUT', 'seconds'),
    schema: seconds(1),
    fallback: 1800,
    help: "one attempt's wall clock",
  },
  idleTimeout: {
    name: 'idleTimeout',
    ...named('idle-timeout', 'IDLE_TIMEOUT', 'seconds'),
    schema: seconds(0),
    fallback: null,
    help: 'end an attempt that shows no sign of life for so long; 0 is off; default: 600, 0 for command',
  },
  grace: {
    name: 'grace',
    ...named('grace', 'GRACE_SECONDS', 'seconds'),
    schema: seconds(0),
    fallback: 30,
    help: 'from TERM to KILL, when an attempt is ended',
  },
};
