import { expect, it } from 'vitest';
import { costOf, estimateCost, priceFor } from '../../src/domain/price.ts';

const PRICE = { in: 1.25, out: 10, cached: 0.125 };
const TOKENS = { in: 1_000_000, out: 100_000, cached: 2_000_000 };

it('works a cost out from prices per million tokens', () => {
  expect(estimateCost(PRICE, TOKENS)).toBe(1.25 + 1 + 0.25);
  expect(estimateCost(PRICE, { in: 1, out: 0, cached: 0 })).toBe(0.000_001);
});

it('takes the price of the model, else of the agent, else of all', () => {
  const flat = (usd: number) => ({ in: usd, out: usd, cached: usd });
  const table = { 'gpt-5': flat(1), codex: flat(2), '*': flat(3) };
  expect(priceFor(table, { model: 'gpt-5', agent: 'codex' })).toEqual(flat(1));
  expect(priceFor(table, { model: 'other', agent: 'codex' })).toEqual(flat(2));
  expect(priceFor(table, { model: null, agent: 'gemini' })).toEqual(flat(3));
  expect(priceFor({}, { model: 'gpt-5', agent: 'codex' })).toBeNull();
});

it('believes a cost that is told, and invents none', () => {
  expect(costOf({ costUsd: 0.5, tokens: TOKENS }, PRICE)).toBe(0.5);
  expect(costOf({ costUsd: null, tokens: TOKENS }, PRICE)).toBe(2.5);
  expect(costOf({ costUsd: null, tokens: TOKENS }, null)).toBeNull();
  expect(costOf({ costUsd: null, tokens: null }, PRICE)).toBeNull();
});
