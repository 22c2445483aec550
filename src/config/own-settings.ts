import type { Environment } from '../domain/environment.ts';

/** What a worker is told of its attempt; see `worker-environment.ts`. */
export const ATTEMPT_FACTS = [
  'AUTOLOOP_TASK',
  'AUTOLOOP_RUN_ID',
  'AUTOLOOP_ITERATION',
  'AUTOLOOP_ATTEMPT',
  'AUTOLOOP_ATTEMPT_ID',
  'AUTOLOOP_TARGET',
  'AUTOLOOP_WORKSPACE',
  'AUTOLOOP_EVENTS',
] as const;

/** The environment as settings are read from it: inside a worker, the facts of its attempt are none. */
export function ownSettings(environment: Environment): Environment {
  if (environment['AUTOLOOP_ATTEMPT_ID'] === undefined) {
    return environment;
  }
  const facts: readonly string[] = ATTEMPT_FACTS;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !facts.includes(name)));
}
