import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redactor.ts';

const { redactValue } = createRedactor([{ name: 'FAKE_TOKEN', value: 'fakevalue0123' }]);

describe('redactValue', () => {
  it('redacts strings at every depth', () => {
    expect(
      redactValue({ a: [1, 'x fakevalue0123', { b: 'to a@example.org' }], c: null, d: true }),
    ).toEqual({
      a: [1, 'x [REDACTED:env:FAKE_TOKEN]', { b: 'to [REDACTED:email]' }],
      c: null,
      d: true,
    });
  });

  it('redacts keys, and keeps those apart that become the same', () => {
    expect(redactValue({ 'a@example.org': 1, 'b@example.org': 2 })).toEqual({
      '[REDACTED:email]': 1,
      '[REDACTED:email] 2': 2,
    });
  });

  it.each([
    'password',
    'DB_PASSWORD',
    'clientSecret',
    'api_key',
    'accessToken',
    'x-api-key',
    'SIGNING_KEY',
    'Proxy-Authorization',
  ])('hides whatever stands under %s', (key) => {
    expect(redactValue({ [key]: 'x y' })[key]).toMatch(/^\[REDACTED:[a-z-]+\]$/);
    expect(redactValue({ [key]: { deep: ['x'] } })).toEqual({
      [key]: { deep: [expect.stringMatching(/^\[REDACTED:/)] },
    });
  });

  it('names the variable where it is known', () => {
    expect(redactValue({ token: 'fakevalue0123' })).toEqual({ token: '[REDACTED:env:FAKE_TOKEN]' });
  });

  it('hides the number under a password, and no other', () => {
    expect(redactValue({ password: 1234, token: 5 })).toEqual({
      password: '[REDACTED:password]',
      token: 5,
    });
  });

  it('returns what holds no secret as it is', () => {
    const clean = {
      max_tokens: '12',
      tokens: { in: 1 },
      token_count: 5,
      token: null,
      secret: '',
      password: '${VAR}',
      at: new Date(0),
      raw: Buffer.from('x'),
      deep: [{}],
    };
    expect(redactValue(clean)).toBe(clean);
  });

  it('redacts message and stack of errors, which stay errors', () => {
    const redacted = redactValue(new TypeError('bad fakevalue0123', { cause: { password: 'x' } }));
    expect(redacted).toBeInstanceOf(TypeError);
    expect(redacted.message).toBe('bad [REDACTED:env:FAKE_TOKEN]');
    expect(redacted.stack).not.toContain('fakevalue0123');
    expect(redacted.cause).toEqual({ password: '[REDACTED:password]' });
  });

  it('redacts what an object says of itself in JSON', () => {
    expect(redactValue({ url: new URL('https://u:p@host/') })).toEqual({
      url: 'https://[REDACTED:url-userinfo]@host/',
    });
  });

  it('changes nothing it was given', () => {
    const given = Object.freeze({ list: Object.freeze(['a@example.org']) });
    expect(redactValue(given)).toEqual({ list: ['[REDACTED:email]'] });
    expect(given).toEqual({ list: ['a@example.org'] });
  });

  it('survives an object that holds itself, a key that is no key, and any depth', () => {
    const round: { self?: unknown; text: string } = { text: 'a@example.org' };
    round.self = round;
    expect(redactValue(round).text).toBe('[REDACTED:email]');
    expect(
      Object.keys(redactValue(JSON.parse('{"__proto__":{"a":"a@example.org"}}') as object)),
    ).toEqual(['__proto__']);
    let deep: unknown = 'fakevalue0123';
    for (let depth = 0; depth < 5000; depth += 1) {
      deep = [deep];
    }
    expect(JSON.stringify(redactValue(deep))).toContain('[REDACTED:too-deep]');
  });
});
