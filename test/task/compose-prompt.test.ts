import { describe, expect, it } from 'vitest';
import { composePrompt } from '../../src/task/compose-prompt.ts';

const NONE = {
  ...{ summary: '', notes: [], helperContext: '', prefix: '', basePrompt: '', failed: null },
};

describe('composing a prompt', () => {
  it('puts everything in its order, a blank line between', () => {
    const prompt = composePrompt({
      summary: '3 iterations went well.\n',
      notes: ['look at the logs', 'two\nlines'],
      helperContext: 'Events: /data/events.ndjson\n',
      prefix: 'Ultra think. ',
      failed: null,
      basePrompt: '# Improve it\n\nOne thing.\n',
    });
    expect(prompt).toBe(`Context summary from previous runs:

3 iterations went well.

Notes from the operator:

- look at the logs
- two
  lines

Events: /data/events.ndjson

Ultra think.

# Improve it

One thing.
`);
  });

  it('leaves a prompt that stands alone exactly as it is', () => {
    const basePrompt = '\n  # Title\r\n\\n\t\n\n';
    expect(composePrompt({ ...NONE, summary: ' \n', notes: [' '], basePrompt })).toBe(basePrompt);
  });

  it.each([
    [{ summary: 's' }, 'Context summary from previous runs:\n\ns\n\nb'],
    [{ notes: ['n'] }, 'Notes from the operator:\n\n- n\n\nb'],
    [{ helperContext: 'h' }, 'h\n\nb'],
    [{ prefix: 'p' }, 'p\n\nb'],
    [{ helperContext: 'h', prefix: 'p' }, 'h\n\np\n\nb'],
  ])('leaves out what is empty: %o', (parts, prompt) => {
    expect(composePrompt({ ...NONE, basePrompt: 'b', ...parts })).toBe(prompt);
  });

  it('takes patterns of a replacement for text', () => {
    expect(composePrompt({ ...NONE, helperContext: "$& $' $1", basePrompt: '$$' })).toBe(
      "$& $' $1\n\n$$",
    );
  });

  it('bounds a summary that has grown too long, at the end of a line', () => {
    const summary = 'a line of nineteen.\n'.repeat(1000);
    const prompt = composePrompt({ ...NONE, summary, basePrompt: 'b' });
    expect(prompt.length).toBeLessThan(4100);
    expect(prompt).toMatch(/\na line of nineteen\.\n\[summary cut\]\n\nb$/);
  });

  it('never cuts a character in two', () => {
    const prompt = composePrompt({ ...NONE, summary: `x${'😀'.repeat(4000)}`, basePrompt: 'b' });
    expect(prompt.isWellFormed()).toBe(true);
  });
});
