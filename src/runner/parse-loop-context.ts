import * as z from 'zod/mini';
import type { LoopContext } from '../../machines/loop/context.ts';
import { isOutcome } from '../domain/outcome.ts';

const count = z.int().check(z.gte(0));
const epochMs = z.number().check(z.gte(0));
const outcome = z.custom<LoopContext['lastOutcome'] & string>(isOutcome);

/** What must hold for a context to be believed; keys of later versions have their defaults. */
const schema = z.looseObject({
  runId: z.string().check(z.minLength(1)),
  startedAtEpochMs: epochMs,
  iteration: count,
  open: z.nullable(
    z.looseObject({
      target: z.nullable(z.string()),
      startedAtEpochMs: epochMs,
      attempt: count,
      outcome: z.nullable(outcome),
    }),
  ),
  wait: z.nullable(
    z.looseObject({
      kind: z.enum(['interval', 'backoff', 'usage_limit', 'gate']),
      untilEpochMs: epochMs,
    }),
  ),
  untilEpochMs: z.optional(z.nullable(epochMs)),
  paused: z.boolean(),
  failuresInRow: count,
  totals: z.looseObject({ iterations: count, succeeded: count, failed: count }),
  lastOutcome: z.nullable(outcome),
});

export type ParsedContext = { readonly context: Partial<LoopContext> } | { readonly fault: string };

export function parseLoopContext(value: unknown): ParsedContext {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = ['context', ...(issue?.path ?? [])].join('.');
    return { fault: `${where} is not what it must be (${issue?.message ?? 'invalid'})` };
  }
  const { open, iteration } = parsed.data;
  if (open && iteration < 1) {
    return { fault: 'context.open is an iteration that was never begun' };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was not looked at, our own machine wrote
  return { context: value as Partial<LoopContext> };
}
