import { agentNames } from '../agent-names.ts';
import { MANY, named, type Definitions } from '../setting-definition.ts';
import { count, listOf, seconds, yesOrNo } from '../setting-values.ts';

/** What is done about trouble: new attempts, usage limits, the breaker. */
export const troubleSettings: Definitions<
  | 'maxRetries'
  | 'continueSession'
  | 'maxLimitWait'
  | 'fallbackAgents'
  | 'breakerFailures'
  | 'breakerSameError'
  | 'breakerSameTarget'
  | 'breakerNoChange'
  | 'breakerCooldown'
> = {
  maxRetries: {
    name: 'maxRetries',
    ...named('max-retries', 'MAX_RETRIES', 'n'),
    schema: count(0, 1000),
    fallback: 3,
    help: "new attempts within an iteration, after trouble that was not the agent's",
  },
  continueSession: {
    name: 'continueSession',
    ...named('continue-session', 'CONTINUE_SESSION', 'yes|no'),
    schema: yesOrNo(),
    fallback: false,
    standsAlone: true,
    help: 'a new attempt goes on with the session of the one that broke off, where the agent can',
  },
  maxLimitWait: {
    name: 'maxLimitWait',
    ...named('max-limit-wait', 'MAX_LIMIT_WAIT', 'seconds'),
    schema: seconds(0),
    fallback: 0,
    help: 'how long this run may wait for usage limits in all; then it ends with 142; 0 is no limit',
  },
  fallbackAgents: {
    name: 'fallbackAgents',
    ...named('fallback-agents', 'FALLBACK_AGENTS', 'list'),
    schema: listOf(agentNames),
    fallback: [],
    help: 'agents that go on while a usage limit holds the first one: codex,gemini',
  },
  breakerFailures: {
    name: 'breakerFailures',
    ...named('breaker-failures', 'BREAKER_FAILURES', 'n'),
    schema: count(0, MANY),
    fallback: 3,
    help: 'failures in a row that open the breaker; 0 is never',
  },
  breakerSameError: {
    name: 'breakerSameError',
    ...named('breaker-same-error', 'BREAKER_SAME_ERROR', 'n'),
    schema: count(0, MANY),
    fallback: 3,
    help: 'times in a row the same error opens it; 0 is never',
  },
  breakerSameTarget: {
    name: 'breakerSameTarget',
    ...named('breaker-same-target', 'BREAKER_SAME_TARGET', 'n'),
    schema: count(0, MANY),
    fallback: 3,
    help: 'times in a row the same target without a change opens it; 0 is never',
  },
  breakerNoChange: {
    name: 'breakerNoChange',
    ...named('breaker-no-change', 'BREAKER_NO_CHANGE', 'n'),
    schema: count(0, MANY),
    fallback: 3,
    help: 'iterations in a row that change nothing and open it; 0 is never',
  },
  breakerCooldown: {
    name: 'breakerCooldown',
    ...named('breaker-cooldown', 'BREAKER_COOLDOWN', 'seconds'),
    schema: seconds(1),
    fallback: null,
    help: 'first wait of an open breaker, doubled each time, at most an hour; default: twice the interval, at least 10',
  },
};
