import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { PriceTable } from '../domain/price.ts';

const usd = z.number().check(z.gte(0));
const schema = z.record(z.string(), z.strictObject({ in: usd, out: usd, cached: z.optional(usd) }));

/** `--price-table`: `{"MODEL": {"in": 1.25, "out": 10, "cached": 0.125}}`. Throws AutoloopError 150 or 155. */
export function readPriceTable(path: string): PriceTable {
  const parsed = schema.safeParse(parseJson(path, readText(path)));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = (issue?.path ?? []).join('.') || 'the whole';
    throw refusal(path, `in ${where}: ${issue?.message ?? 'not what it must be'}`);
  }
  const prices = Object.entries(parsed.data);
  return Object.fromEntries(
    // A price for reads of the cache that is not told is that of other input: never too low.
    prices.map(([name, { in: input, out, cached }]) => [
      name,
      { in: input, out, cached: cached ?? input },
    ]),
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AutoloopError({
      code: EXIT.access,
      message: `The price table cannot be read: ${reason}.`,
      fix: `Correct --price-table: ls -l ${path}`,
    });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(path, error instanceof Error ? error.message : String(error));
  }
}

function refusal(path: string, why: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.configuration,
    message: `${path} is no price table: ${why}.`,
    fix: 'Write USD per million tokens, by model, agent or "*": {"gpt-5": {"in": 1.25, "out": 10, "cached": 0.125}}',
  });
}
