import { describe, expect, it, vi } from 'vitest';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { remembered } from '../../src/redaction/remembered.ts';

describe('a redaction that remembers', () => {
  const setUp = () => {
    const redact = vi.fn((text: string) => text.replaceAll('secret', '***'));
    return { redact, again: remembered(redact) };
  };

  it('looks at a short text once', () => {
    const { redact, again } = setUp();
    expect([again('my secret'), again('my secret')]).toEqual(['my ***', 'my ***']);
    expect(redact).toHaveBeenCalledOnce();
  });

  it('keeps no long texts', () => {
    const { redact, again } = setUp();
    const long = 'secret'.repeat(100);
    expect(again(long)).toBe(again(long));
    expect(redact).toHaveBeenCalledTimes(2);
  });

  it('forgets, instead of growing for weeks, and is right afterwards', () => {
    const { redact, again } = setUp();
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 2_000; n += 1) {
        expect(again(`secret ${n}`)).toBe(`*** ${n}`);
      }
    }
    expect(redact).toHaveBeenCalledTimes(4_000);
  });

  it('hides by key what it has seen under another one', () => {
    const { redactValue } = createRedactor();
    const word = 'correct-horse-7';
    expect(redactValue({ title: word })).toEqual({ title: word });
    expect(JSON.stringify(redactValue({ password: word }))).not.toContain(word);
    expect(redactValue({ title: word })).toEqual({ title: word });
  });
});
