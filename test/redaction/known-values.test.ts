import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redactor.ts';

const VALUE = 'fake/odd "va\\lue" + ü & <x>?';
const { redact } = createRedactor([
  { name: 'FAKE_ODD', value: VALUE },
  { name: 'FAKE_PLAIN', value: 'fakevalue0123' },
  { name: 'FAKE_LONGER', value: 'fakevalue0123456' },
  { name: 'FAKE_LINES', value: 'fake first\nfake second' },
]);

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const ascii = (text: string): string =>
  text.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

describe('hides a known value', () => {
  it.each([
    ['plain', VALUE],
    ['in JSON', json(VALUE)],
    ['in JSON within JSON', json(json(VALUE))],
    ['in JSON within JSON within JSON', json(json(json(VALUE)))],
    ['in JSON as PHP writes it', json(VALUE).replaceAll('/', '\\/')],
    ['in JSON as Python writes it', ascii(json(VALUE))],
    [
      'in JSON as Go writes it',
      json(VALUE).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
    ],
    ['as part of a URL', encodeURIComponent(VALUE)],
    [
      'as part of a URL, in lower case',
      encodeURIComponent(VALUE).replaceAll(/%../g, (code) => code.toLowerCase()),
    ],
    ['as a field of a form', encodeURIComponent(VALUE).replaceAll('%20', '+')],
    ['as the path of a URL', encodeURIComponent(VALUE).replaceAll('%2F', '/')],
  ])('%s', (_, spelling) => {
    expect(redact(`x ${spelling} y`)).toBe('x [REDACTED:env:FAKE_ODD] y');
    expect(redact(`x${spelling}${spelling}y`)).toBe(
      'x[REDACTED:env:FAKE_ODD][REDACTED:env:FAKE_ODD]y',
    );
  });

  it.each([0, 1, 2, 3, 4])('in base64 behind %i other bytes', (before) => {
    for (const after of ['', 'y', 'yy']) {
      const encoded = Buffer.from(`${'x'.repeat(before)}${VALUE}${after}`).toString('base64');
      const shown = redact(encoded);
      expect(shown).toContain('[REDACTED:env:FAKE_ODD]');
      expect(Buffer.from(shown.replace(/\[.*\]/, ''), 'base64').length).toBeLessThan(
        before + after.length + 4,
      );
      expect(redact(encoded.replaceAll('+', '-').replaceAll('/', '_'))).toContain(
        '[REDACTED:env:FAKE_ODD]',
      );
    }
  });

  it('as the longest of those that begin alike', () => {
    expect(redact('fakevalue0123456 fakevalue0123457')).toBe(
      '[REDACTED:env:FAKE_LONGER] [REDACTED:env:FAKE_PLAIN]457',
    );
  });

  it('over several lines', () => {
    expect(redact('a fake first\nfake second b')).toBe('a [REDACTED:env:FAKE_LINES] b');
    expect(redact('a fake first\nfake other b')).toBe('a fake first\nfake other b');
  });

  it('rather than a rule, and what a rule finds around it', () => {
    expect(redact('TOKEN=fakevalue0123 TOKEN=fakevalue0123tail')).toBe(
      'TOKEN=[REDACTED:env:FAKE_PLAIN] TOKEN=[REDACTED:token]',
    );
  });
});

describe('does not look for', () => {
  it('values of less than 8 characters, or of nothing but white space', () => {
    const { redact: redactShort } = createRedactor([
      { name: 'A', value: 'fake123' },
      { name: 'B', value: ' '.repeat(9) },
    ]);
    expect(redactShort(`fake123${' '.repeat(20)}`)).toBe(`fake123${' '.repeat(20)}`);
  });

  it('a value that is a word by which other secrets are known', () => {
    const { redact: redactWord } = createRedactor([{ name: 'FAKE_PASSWORD', value: 'password' }]);
    expect(redactWord('password=fake')).toBe('password=[REDACTED:password]');
  });
});

describe('markers', () => {
  it('hold no value that happens to be a part of them', () => {
    const { redact: redactKind } = createRedactor([
      { name: 'FAKE_TOKEN', value: 'url-userinfo' },
      { name: 'ODD]NAME', value: 'FAKE_TOKEN' },
    ]);
    const shown = redactKind('https://u:p@host url-userinfo FAKE_TOKEN');
    expect(shown).toBe(
      'https://[REDACTED:url-userinfo]@host [REDACTED:env:FAKE_TOKEN] [REDACTED:env:ODD_NAME]',
    );
    expect(redactKind(shown)).toBe(shown);
  });
});
