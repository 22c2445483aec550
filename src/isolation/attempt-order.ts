import type { AttemptOrder } from '../domain/attempt.ts';
import {
  hasShape,
  isCount,
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
  command: (value) => hasShape(value, { file: isString, args: listOf(isString) }),
  env: (value) => isRecord(value) && Object.values(value).every(isString),
  cwd: isString,
  stdin: isString,
  directory: isString,
  logFile: isString,
  timeoutMs: isCount,
  idleTimeoutMs: isCount,
  graceMs: isCount,
  lingerMs: isCount,
  secrets: listOf((value) => hasShape(value, { name: isString, value: isString })),
};
