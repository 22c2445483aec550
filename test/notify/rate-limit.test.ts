import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../src/notify/rate-limit.ts';

const MINUTE = 60_000;

describe('the limit of notifications', () => {
  it('lets three of a kind pass in a quarter of an hour, and counts the rest in the next', () => {
    const { limit, passTime } = useLimit();
    const first = Array.from({ length: 5 }, () => limit.pass('breaker'));
    expect(first).toEqual([{}, {}, {}, null, null]);
    expect(limit.pass('anomaly')).toEqual({ breaker: 2 });
    expect(limit.pass('breaker')).toBeNull();
    passTime(15 * MINUTE);
    expect(limit.pass('breaker')).toEqual({ breaker: 1 });
    expect(limit.pass('breaker')).toEqual({});
  });

  it('lets twelve pass in an hour in all, but always the end of a run', () => {
    const { limit, passTime } = useLimit();
    const kinds = ['breaker', 'limit', 'anomaly'] as const;
    let passed = 0;
    for (let quarter = 0; quarter < 3; quarter += 1) {
      passed += kinds
        .flatMap((kind) => Array.from({ length: 3 }, () => limit.pass(kind)))
        .filter((held) => held !== null).length;
      passTime(15 * MINUTE);
    }
    expect(passed).toBe(12);
    expect(limit.pass('end')).toEqual({ breaker: 3, limit: 6, anomaly: 6 });
    expect(limit.pass('cap')).toEqual({});
  });

  it('is lifted after the hour', () => {
    const { limit, passTime } = useLimit();
    Array.from({ length: 20 }, () => limit.pass('anomaly'));
    passTime(60 * MINUTE);
    expect(limit.pass('anomaly')).toEqual({ anomaly: 17 });
  });
});

function useLimit() {
  let now = 0;
  return { limit: new RateLimit(() => now), passTime: (ms: number) => void (now += ms) };
}
