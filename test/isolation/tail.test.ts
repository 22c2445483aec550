import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Tail } from '../../src/isolation/tail.ts';

it('keeps the last characters, however the bytes are cut', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '\n'), maxLength: 200 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 50 }), (text, size) => {
      const tail = new Tail(20);
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) {
        tail.push(bytes.subarray(at, at + size));
      }
      expect(String(tail)).toBe(text.slice(-20));
    }),
  );
});
