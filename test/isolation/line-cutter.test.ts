import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineCutter } from '../../src/isolation/line-cutter.ts';

it('finds the same lines however the bytes are cut', () => {
  const text = fc.array(fc.constantFrom('a', 'é', '漢', '\n', '\r', ' '), { maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), (characters, size) => {
      const whole = characters.join('');
      const expected = whole.split('\n');
      expect(linesOf(Buffer.from(whole), size)).toEqual(
        expected.at(-1) === '' ? expected.slice(0, -1) : expected,
      );
    }),
  );
});

it('leaves out the rest of a line that is too long', () => {
  expect(linesOf(Buffer.from('12345678\nab\n123456'), 3, 4)).toEqual(['1234', 'ab', '1234']);
});

function linesOf(bytes: Buffer, size: number, longest?: number): string[] {
  const lines: string[] = [];
  const cutter = new LineCutter((line) => lines.push(line), longest);
  for (let at = 0; at < bytes.length; at += size) {
    cutter.push(bytes.subarray(at, at + size));
  }
  cutter.end();
  return lines;
}
