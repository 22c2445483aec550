import * as z from 'zod/mini';
import { isOffer } from './is-offer.ts';
import type { TargetOffer } from './selection-hooks.ts';

/** What hooks may return. */

const text = z.string();
const named = z.string().check(z.minLength(1));
/** Goes into paths, variables and argv, which end at a NUL. */
const argument = z.string().check(z.regex(/^[^\0]*$/));
/** One line: it is shown in tables and handed over as a variable. */
const target = z.string().check(z.regex(/^[^\p{Cc}]{1,500}$/u));
const variables = z.record(z.string().check(z.regex(/^[^=\0]+$/)), argument);

const candidate = z.union([
  target,
  z.strictObject({ name: target, score: z.optional(z.number()), reason: z.optional(text) }),
]);

export const availability = z.union([
  z.boolean(),
  z.strictObject({ available: z.boolean(), reason: z.optional(text) }),
]);

export const selection = z.union([
  z.null(),
  target,
  z.strictObject({ target: z.nullable(target), candidates: z.optional(z.array(candidate)) }),
]);

export const candidates = z.array(candidate);

/** Thousands of them are looked at in each iteration, for which unions of objects are too slow. */
export const offers = z.array(z.custom<string | TargetOffer>(isOffer));

export const paths = z.array(named);
export const helperContext = text;
export const prompt = z.string().check(z.regex(/\S/));
export const workerEnv = variables;

const plan = z.strictObject({
  command: z.optional(argument.check(z.minLength(1))),
  args: z.optional(z.array(argument)),
  stdin: z.optional(text),
  env: z.optional(variables),
  cwd: z.optional(argument.check(z.minLength(1))),
});

const hasWhatItsArgsAreFor = z.refine<z.output<typeof plan>>(
  ({ command, args }) => command !== undefined || args === undefined,
  { path: ['command'] },
);

export const workerPlan = z.optional(plan.check(hasWhatItsArgsAreFor));

const amount = z.int().check(z.minimum(0));

const isPartOfItsWhole = z.refine<{ done: number; total: number }>(
  ({ done, total }) => done <= total,
  { path: ['done'] },
);
const isHealthyPart = z.refine<{ healthy: number; total: number }>(
  ({ healthy, total }) => healthy <= total,
  { path: ['healthy'] },
);
const isValidPart = z.refine<{ valid: number; total: number }>(
  ({ valid, total }) => valid <= total,
  { path: ['valid'] },
);

/** Of one iteration. */
export const measures = z.optional(
  z.strictObject({
    // Lax: what `prdCompletion` returns tells more.
    prd: z.optional(z.object({ done: amount, total: amount }).check(isPartOfItsWhole)),
    issuesFixed: z.optional(amount),
    resourcesImproved: z.optional(amount),
    scenariosValidated: z.optional(amount),
    capabilitiesAdded: z.optional(amount),
    resourcesHealthy: z.optional(z.object({ healthy: amount, total: amount }).check(isHealthyPart)),
    scenariosValid: z.optional(z.object({ valid: amount, total: amount }).check(isValidPart)),
    drifted: z.optional(z.boolean()),
    ownPaths: z.optional(z.array(named)),
  }),
);

export const yesOrNo = z.boolean();

export const anything = z.unknown();
