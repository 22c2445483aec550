import type { AgentSession } from '../domain/agent-session.ts';
import type { AttemptOrder, TreeLimits } from '../domain/attempt.ts';
import type { Price } from '../domain/price.ts';
import { BUDGET } from '../stores/attempt-claim.ts';
import { SPENT } from '../stores/attempt-result.ts';
import {
  hasShape,
  isCount,
  isNumber,
  isRecord,
  isString,
  listOf,
  orNull,
  type Shape,
} from '../stores/shape.ts';

/** Is this an order of the format we know, every field in its place? */
export function isAttemptOrder(value: unknown): value is AttemptOrder {
  return hasShape(value, ORDER);
}

function isCommand(value: unknown): boolean {
  return hasShape(value, { file: isString, args: listOf(isString) });
}

/** Its name stays within its folder. */
function isPlainFile([name, content]: [string, unknown]): boolean {
  return /^[\w-]+\.\w+$/.test(name) && isString(content);
}

const LIMITS: Shape<TreeLimits> = {
  memoryBytes: isCount,
  processes: isCount,
  openFiles: isCount,
  cpuSeconds: isNumber,
  nice: isNumber,
};

const PRICE: Shape<Price> = { in: isNumber, out: isNumber, cached: isNumber };
const SESSION: Shape<AgentSession> = { id: isString, spent: (value) => hasShape(value, SPENT) };

const ORDER: Shape<AttemptOrder> = {
  format: (value) => value === 1,
  iteration: isCount,
  attempt: isCount,
  attemptId: isString,
  runId: isString,
  loop: isString,
  task: isString,
  target: orNull(isString),
  agent: isString,
  command: isCommand,
  env: (value) => isRecord(value) && Object.values(value).every(isString),
  cwd: isString,
  stdin: isString,
  directory: isString,
  logFile: isString,
  files: (value) => isRecord(value) && Object.entries(value).every(isPlainFile),
  timeoutMs: isCount,
  idleTimeoutMs: isCount,
  graceMs: isCount,
  lingerMs: isCount,
  limits: (value) => hasShape(value, LIMITS),
  budget: (value) => hasShape(value, BUDGET),
  price: orNull((value) => hasShape(value, PRICE)),
  session: orNull((value) => hasShape(value, SESSION)),
  namespace: orNull(isCommand),
  minFreeMb: isCount,
  logMaxBytes: isCount,
  secrets: listOf((value) => hasShape(value, { name: isString, value: isString })),
};
