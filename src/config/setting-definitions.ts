import type * as z from 'zod/mini';
import type { SettingName, Settings } from '../domain/settings.ts';
import { agentNames } from './agent-names.ts';
import {
  count,
  decimal,
  list,
  listOf,
  oneOf,
  path,
  pattern,
  seconds,
  text,
  word,
  yesOrNo,
} from './setting-values.ts';
import { splitCommandSchema } from './split-command.ts';

/** A setting of contract.md section 3 whose effect is built. */
export interface SettingDefinition<Name extends SettingName = SettingName> {
  readonly name: Name;
  /** Without dashes: `max-turns`. */
  readonly flag: string;
  /** What the flag's value is called in the help. */
  readonly placeholder: string;
  /** Each also exists as `AUTOLOOP_<NAME>`, which wins. */
  readonly env: string;
  readonly schema: z.ZodMiniType<Settings[Name], string>;
  /** null where it is not one value for all: `idleTimeout` has the agent's, `memory` half of the machine's, … */
  readonly fallback: Settings[Name] | null;
  /** The flag may stand alone, and means yes then. */
  readonly standsAlone?: boolean;
  /** Empty in the environment is a value, not "unset". */
  readonly emptyCounts?: boolean;
  readonly help: string;
}

const MODES = ['default', 'plan', 'acceptEdits', 'dontAsk', 'bypassPermissions'];
const TOOLS = ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'];
const MANY = 1_000_000_000;

export const SETTINGS: { readonly [Name in SettingName]: SettingDefinition<Name> } = {
  interval: {
    name: 'interval',
    ...named('interval', 'INTERVAL_SECONDS', 'seconds'),
    schema: seconds(0),
    fallback: 300,
    help: 'wait between two iterations; 0 is allowed, but after one without a worker it is at least 1 s',
  },
  max: {
    name: 'max',
    ...named('max', 'MAX_ITERATIONS', 'n'),
    schema: count(0, MANY),
    fallback: 0,
    help: 'iterations of this run; 0 is no limit',
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
  maxTurns: {
    name: 'maxTurns',
    ...named('max-turns', 'MAX_TURNS', 'n'),
    schema: count(1, 1_000_000),
    fallback: 80,
    help: 'turns of the agent in one attempt, where it has them',
  },
  model: {
    name: 'model',
    ...named('model', 'AGENT_MODEL', 'name'),
    schema: word(),
    fallback: null,
    help: "model the agent is to use; default: the agent's own",
  },
  agent: {
    name: 'agent',
    ...named('agent', 'AUTOLOOP_AGENT', 'name'),
    schema: oneOf(agentNames),
    fallback: 'claude',
    help: 'who does the work: claude, or command for any program',
  },
  agentCommand: {
    name: 'agentCommand',
    ...named('agent-command', 'AUTOLOOP_AGENT_COMMAND', 'command'),
    schema: splitCommandSchema,
    fallback: null,
    help: 'program and leading arguments of the agent; default: its name on PATH',
  },
  allowedTools: {
    name: 'allowedTools',
    ...named('allowed-tools', 'ALLOWED_TOOLS', 'list'),
    schema: list(),
    fallback: TOOLS,
    help: 'tools the agent may use without asking',
  },
  permissionMode: {
    name: 'permissionMode',
    ...named('permission-mode', 'PERMISSION_MODE', 'mode'),
    schema: oneOf(MODES),
    fallback: 'acceptEdits',
    help: `the agent's permissions: ${MODES.join(', ')}`,
  },
  maxFailures: {
    name: 'maxFailures',
    ...named('max-failures', 'MAX_FAILURES', 'n'),
    schema: count(0, MANY),
    fallback: 5,
    help: 'failures in a row that end the run; 0 is no limit',
  },
  maxRetries: {
    name: 'maxRetries',
    ...named('max-retries', 'MAX_RETRIES', 'n'),
    schema: count(0, 1000),
    fallback: 3,
    help: "new attempts within an iteration, after trouble that was not the agent's",
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
  continueSession: {
    name: 'continueSession',
    ...named('continue-session', 'CONTINUE_SESSION', 'yes|no'),
    schema: yesOrNo(),
    fallback: false,
    standsAlone: true,
    help: 'a new attempt goes on with the session of the one that broke off, where the agent can',
  },
  priceTable: {
    name: 'priceTable',
    ...named('price-table', 'PRICE_TABLE', 'file'),
    schema: path(),
    fallback: null,
    help: 'JSON file with prices per million tokens, for agents that tell no cost',
  },
  maxInterval: {
    name: 'maxInterval',
    ...named('max-interval', 'MAX_INTERVAL', 'seconds'),
    schema: seconds(0),
    fallback: 3600,
    help: 'what the interval doubles to at most while iterations find nothing to do',
  },
  completeAfter: {
    name: 'completeAfter',
    ...named('complete-after', 'COMPLETE_AFTER', 'n'),
    schema: count(1, MANY),
    fallback: 2,
    help: 'iterations in a row that must report "complete" before the run ends as done',
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
  memory: {
    name: 'memory',
    ...named('memory', 'WORKER_MEMORY_MB', 'mb'),
    schema: count(0, MANY),
    fallback: null,
    help: "memory that a worker's processes may take together; 0 is no limit; default: half of the machine's, at least 4096",
  },
  maxProcs: {
    name: 'maxProcs',
    ...named('max-procs', 'WORKER_MAX_PROCS', 'n'),
    schema: count(0, MANY),
    fallback: 512,
    help: 'processes that a worker may have at once; 0 is no limit',
  },
  maxOpenFiles: {
    name: 'maxOpenFiles',
    ...named('max-open-files', 'WORKER_MAX_OPEN_FILES', 'n'),
    schema: count(0, MANY),
    fallback: 0,
    help: "files that each of a worker's processes may have open; 0 is the system's own limit",
  },
  maxCpu: {
    name: 'maxCpu',
    ...named('max-cpu', 'WORKER_MAX_CPU_SECONDS', 'seconds'),
    schema: seconds(0),
    fallback: 0,
    help: "CPU time that a worker's processes may use together; 0 is no limit",
  },
  nice: {
    name: 'nice',
    ...named('nice', 'WORKER_NICE', 'n'),
    schema: count(0, 19),
    fallback: 5,
    help: 'how far a worker gives way to other work: 0 is not at all, 19 wherever it can',
  },
  supervision: {
    name: 'supervision',
    ...named('supervision', 'SUPERVISION', 'mode'),
    schema: oneOf(['auto', 'strict', 'base'] as const),
    fallback: 'auto',
    help: 'how a worker is kept together: strict (a PID namespace; refused where there is none), base, or auto: the best there is',
  },
  maxTcp: {
    name: 'maxTcp',
    ...named('max-tcp', 'MAX_TCP_CONNECTIONS', 'n'),
    schema: count(0, MANY),
    fallback: 15,
    help: 'no new worker while processes that match --tcp-filter hold more established TCP connections',
  },
  tcpFilter: {
    name: 'tcpFilter',
    ...named('tcp-filter', 'LOOP_TCP_FILTER', 'regex'),
    schema: pattern(),
    fallback: 'claude|anthropic',
    emptyCounts: true,
    help: 'regular expression for the command lines of these processes; empty is off',
  },
  minFreeMemory: {
    name: 'minFreeMemory',
    ...named('min-free-memory', 'MIN_FREE_MEMORY_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 256,
    help: 'no new worker while the machine has less memory to give; 0 is off',
  },
  maxLoad: {
    name: 'maxLoad',
    ...named('max-load', 'MAX_LOAD', 'n'),
    schema: decimal(0, MANY),
    fallback: 0,
    help: "no new worker while the machine's load of the last minute is higher; 0 is off",
  },
  rotateKeep: {
    name: 'rotateKeep',
    ...named('rotate-keep', 'ROTATE_KEEP', 'n'),
    schema: count(1, 10_000),
    fallback: 5,
    help: 'rotated generations of the log and of the events that are kept',
  },
  logMaxMb: {
    name: 'logMaxMb',
    ...named('log-max-mb', 'LOG_MAX_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 50,
    help: 'loop.log is rotated when it is as large; 0 is never',
  },
  eventsMaxMb: {
    name: 'eventsMaxMb',
    ...named('events-max-mb', 'EVENTS_MAX_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 50,
    help: 'events.ndjson is rotated when it is as large; 0 is never',
  },
  iterationLogMaxMb: {
    name: 'iterationLogMaxMb',
    ...named('iteration-log-max-mb', 'ITERATION_LOG_MAX_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 100,
    help: 'output of an iteration that is kept, its head and its tail; 0 is all',
  },
  keepIterations: {
    name: 'keepIterations',
    ...named('keep-iterations', 'KEEP_ITERATIONS', 'n'),
    schema: count(0, MANY),
    fallback: 1000,
    help: 'iterations whose output and folder are kept, at least the last 10; 0 is all',
  },
  keepDays: {
    name: 'keepDays',
    ...named('keep-days', 'KEEP_DAYS', 'days'),
    schema: count(0, MANY),
    fallback: 0,
    help: 'how long they are kept, but for the last 10; 0 is no limit',
  },
  maxDataMb: {
    name: 'maxDataMb',
    ...named('max-data-mb', 'MAX_DATA_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 2048,
    help: "size of the loop's data folder above which old iterations and generations are removed; 0 is no limit",
  },
  passEnv: {
    name: 'passEnv',
    ...named('pass-env', 'PASS_ENV', 'list'),
    schema: list(),
    fallback: [],
    help: 'variables the worker may see although they look secret',
  },
  minFreeMb: {
    name: 'minFreeMb',
    ...named('min-free-mb', 'MIN_FREE_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 200,
    help: 'end the run cleanly when less than so many MB are free on the disk of its data; 0 is off',
  },
  prefix: {
    name: 'prefix',
    ...named('prefix', 'ULTRA_THINK_PREFIX', 'text'),
    schema: text(),
    fallback: '',
    emptyCounts: true,
    help: 'put before the base prompt',
  },
};

export const settingNames: readonly SettingName[] = Object.values(SETTINGS).map(({ name }) => name);

function named(flag: string, env: string, placeholder: string) {
  return { flag, env, placeholder };
}
