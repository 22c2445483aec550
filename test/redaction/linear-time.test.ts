import { expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { KNOWN } from './planted.ts';

const redactor = createRedactor(KNOWN);
const SIZE = 1 << 18;

/** Each is a trap for some expression when it is repeated. */
const TRAPS = [
  'a',
  'A',
  '=',
  ' ',
  '\\',
  '"',
  "'",
  '@',
  '-',
  '.',
  '\n',
  '\\"',
  '\\n',
  'a.',
  'a@',
  'a@a.',
  'sk-',
  'sk-ant-',
  'api_',
  'eyJ',
  'eyJ-',
  'ghp_',
  'AKIA',
  'AIza',
  'xox',
  '-----BEGIN RSA PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\n',
  '-----BEGIN ',
  '-----END RSA PRIVATE KEY-----',
  '://',
  '://a:',
  'https://a@',
  'https://a:b@c ',
  'password',
  'password=',
  'password: ',
  'password="',
  '"password":"',
  'token=$(',
  'token: (',
  'token=x&',
  'token=x;',
  '{"secret":1,',
  '--token ',
  '"--token","',
  'api_key ',
  'Bearer ',
  'Basic ',
  'Authorization: ',
  'Authorization: Digest a="',
  '[REDACTED:',
  '[REDACTED:email]',
  'fake',
  '0123456789abcdef',
  'fake first line\n',
] as const;

it.each(TRAPS)('takes time in proportion to the length of %j', (trap) => {
  const small = trap.repeat(SIZE / 8 / trap.length);
  const large = trap.repeat(SIZE / trap.length);
  secondsFor(small);
  const limit = Math.max(0.5, 40 * secondsFor(small));
  expect(secondsFor(large)).toBeLessThan(limit);
  expect(secondsFor(`password="${large}`)).toBeLessThan(limit);
});

function secondsFor(text: string): number {
  const start = performance.now();
  redactor.redact(text);
  return (performance.now() - start) / 1000;
}
