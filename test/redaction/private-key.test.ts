import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { privateKeyLines } from './planted.ts';
import { Seeded } from './seeded.ts';

const { redact, stream } = createRedactor();
const BEGIN = '-----BEGIN RSA PRIVATE KEY-----';
const END = '-----END RSA PRIVATE KEY-----';
const LINE = 'FAKEfake0123+/FAKEfake0123+/FAKEfake0123+/FAKEfake0123+/FAKEfake';
const KEY = [BEGIN, LINE, LINE, 'FAKEfake==', END];

describe('hides a private key', () => {
  it.each([
    ['with real line breaks', `a\n${KEY.join('\n')}\nb`, 'a\n[REDACTED:private-key]\nb'],
    [
      'with Windows line breaks',
      `a\r\n${KEY.join('\r\n')}\r\nb`,
      'a\r\n[REDACTED:private-key]\r\nb',
    ],
    ['in one line', `a ${KEY.join(' ')} b`, 'a [REDACTED:private-key] b'],
    ['without any white space', `a ${KEY.join('')} b`, 'a [REDACTED:private-key] b'],
    [
      'in JSON',
      JSON.stringify({ k: KEY.join('\n'), n: 1 }),
      '{"k":"[REDACTED:private-key]","n":1}',
    ],
    [
      'in JSON within JSON',
      JSON.stringify({ t: JSON.stringify({ k: KEY.join('\n'), n: 1 }) }),
      JSON.stringify({ t: '{"k":"[REDACTED:private-key]","n":1}' }),
    ],
    [
      'indented',
      `key: |\n  ${KEY.join('\n  ')}\nnext: 1`,
      'key: |\n  [REDACTED:private-key]\nnext: 1',
    ],
    [
      'with line numbers',
      KEY.map((line, index) => `    ${index + 1}\u2192${line}`).join('\n'),
      '    1\u2192[REDACTED:private-key]',
    ],
    [
      'with line numbers in JSON',
      JSON.stringify(KEY.map((line, index) => `${index + 1}\t${line}`).join('\n')),
      '"1\\t[REDACTED:private-key]"',
    ],
    ['in a diff', KEY.map((line) => `-${line}`).join('\n'), '-[REDACTED:private-key]'],
    [
      'with a time before each line',
      KEY.map((line) => `2026-01-01T00:00:00Z ${line}`).join('\n'),
      '2026-01-01T00:00:00Z [REDACTED:private-key]',
    ],
    [
      'as an array of lines',
      JSON.stringify({ lines: KEY.map((line) => `+${line}`) }),
      '{"lines":["+[REDACTED:private-key]","","","",""]}',
    ],
    [
      'encrypted',
      [BEGIN, 'Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,FAKE', '', LINE, END].join('\n'),
      '[REDACTED:private-key]',
    ],
    [
      'of PGP',
      [
        '-----BEGIN PGP PRIVATE KEY BLOCK-----',
        'Version: Fake 1',
        '',
        LINE,
        '=FAKE',
        '-----END PGP PRIVATE KEY BLOCK-----',
      ].join('\n'),
      '[REDACTED:private-key]',
    ],
    [
      'assigned to a variable',
      `PRIVATE_KEY="${KEY.join('\n')}"\nb`,
      'PRIVATE_KEY="[REDACTED:private-key]"\nb',
    ],
    [
      'twice',
      `${KEY.join('\n')}\n${KEY.join('\n')}\n`,
      '[REDACTED:private-key]\n[REDACTED:private-key]\n',
    ],
  ])('%s', (_, text, shown) => {
    expect(redact(text)).toBe(shown);
    expect(redact(shown)).toBe(shown);
  });
});

describe('a private key without its end', () => {
  it('is hidden as far as it goes', () => {
    expect(redact(`a\n${[BEGIN, LINE, LINE].join('\n')}`)).toBe('a\n[REDACTED:private-key]');
    expect(redact(`${BEGIN}\n${LINE}\n  -- done: 3 files`)).toBe(
      '[REDACTED:private-key]\n  -- done: 3 files',
    );
    expect(redact(JSON.stringify({ k: `${BEGIN}\n${LINE}`, n: 1 }))).toBe(
      '{"k":"[REDACTED:private-key]","n":1}',
    );
  });

  it('hides nothing else where only its first line is mentioned', () => {
    const rest = ' is how the file begins.\nIt goes on here, and\nthe-end.';
    expect(redact(`${BEGIN}${rest}`)).toBe(`[REDACTED:private-key]${rest}`);
  });

  it('is not held back: memory stays small however long it is', () => {
    const redaction = stream();
    let given = 0;
    redaction.write(Buffer.from(`${BEGIN}\n`));
    for (let index = 0; index < 20_000; index += 1) {
      given += redaction.write(Buffer.from(`${LINE}\n`)).length;
    }
    expect(given).toBe(0);
    expect(Buffer.from(redaction.end()).toString()).toBe('\n');
  });
});

it('hides every line of keys of any kind, cut anywhere', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const random = new Seeded(seed);
    const { lines, body } = privateKeyLines(random);
    const whole = `before\n${lines.join(random.pick(['\n', '\r\n', '\\n']))}\nafter: 1`;
    const cut = whole.slice(0, whole.indexOf(lines[0] ?? '') + random.between(40, whole.length));
    const shown = redact(cut);
    for (const line of body) {
      expect(shown).not.toContain(line.slice(0, 20));
    }
  }
});
