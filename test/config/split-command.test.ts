import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { splitCommandSchema } from '../../src/config/split-command.ts';

it.each([
  'node x.js',
  "a 'b  c' d",
  `a "b 'c' d"`,
  String.raw`a "b \" \\ \x" c`,
  String.raw`a\ b \'c\'`,
  `a ''  ""`,
  `a"b"'c'd`,
  String.raw`a 'b\c'`,
  'a\tb\nc',
])('splits as a shell does: %j', (text) => {
  expect(splitCommandSchema.parse(text)).toEqual(asShell(text));
});

it.each(['a $HOME', 'a `id`', 'a *', 'a ~', 'a; b', 'a | b && c > d', 'a # b'])(
  'expands nothing and hands nothing to a shell: %j',
  (text) => {
    expect(splitCommandSchema.parse(text)).toEqual(text.split(' '));
  },
);

function asShell(text: string): string[] {
  const script = `for word in ${text.replaceAll('\n', ' ')}; do printf '%s\\0' "$word"; done`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}
