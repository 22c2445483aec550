import { describe, expect, it } from 'vitest';
import { errorFingerprint } from '../../src/domain/error-fingerprint.ts';

describe('the fingerprint of an error', () => {
  it.each([
    ['exit code 7: boom at line 12', 'exit code 7: boom at line 99'],
    ['no such file /tmp/build-x1/a.ts', 'no such file /tmp/build-y2/a.ts'],
    [
      'request 6f1d8b1e-1f2a-4c3b-9d4e-5f6a7b8c9d0e failed',
      'request 0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d failed',
    ],
    ['commit 1a2b3c4d5e is broken', 'commit 9f8e7d6c5b is broken'],
    ['took 1.5 s  at 10:12:03', 'took 99 s at 23:59:59'],
    ['Timed Out', 'timed out'],
  ])('is the same for %j and %j', (one, other) => {
    expect(errorFingerprint('failed', one)).toBe(errorFingerprint('failed', other));
  });

  it.each([
    ['cannot find module foo', 'cannot find module bar'],
    ['tests failed', 'build failed'],
  ])('tells %j from %j', (one, other) => {
    expect(errorFingerprint('failed', one)).not.toBe(errorFingerprint('failed', other));
  });

  it('tells outcomes apart that have the same words', () => {
    expect(errorFingerprint('failed', 'x')).not.toBe(errorFingerprint('timed_out', 'x'));
  });

  it('is short', () => {
    expect(errorFingerprint('failed', 'word '.repeat(500)).length).toBeLessThanOrEqual(160);
  });
});
