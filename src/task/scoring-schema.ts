import * as z from 'zod/mini';

const amount = z.optional(z.number().check(z.gte(0)));
const count = z.optional(z.int().check(z.gte(0)));

/** `scoring` of a task: what differs from the rules in docs/selection.md. */
export const scoring = z.strictObject({
  weights: z.optional(
    z.strictObject({
      ...{ need: amount, priority: amount, recency: amount },
      ...{ exploration: amount, success: amount, cost: amount },
    }),
  ),
  ...{ cooldownIterations: count, cooldownSeconds: amount },
  ...{ quarantineAfter: count, quarantineAfterValidations: count, quarantineHours: amount },
  seed: z.optional(z.string()),
});
