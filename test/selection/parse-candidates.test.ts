import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCandidates } from '../../src/selection/parse-candidates.ts';

describe('what a selector prints', () => {
  it('is a name per line, best first; blanks around it, empty lines and line ends of Windows are nothing', () => {
    expect(named('\uFEFFapi\r\n\r\n  web app \nworker')).toEqual(['api', 'web app', 'worker']);
  });

  it('is JSON per line, with score and reason; what else stands there is let be', () => {
    const text =
      '{"name":"api","score":3.5,"reason":"old\\nand slow","age":4}\nweb\n{"name":"db"}\n';
    expect(parseCandidates(text)).toEqual({
      candidates: [
        { name: 'api', score: 3.5, reason: 'old and slow' },
        { name: 'web', score: null, reason: null },
        { name: 'db', score: null, reason: null },
      ],
      problems: [],
    });
  });

  it('is one JSON array, however it is laid out', () => {
    expect(named(JSON.stringify(['b', { name: 'a', score: 1 }], null, 2))).toEqual(['b', 'a']);
  });

  it('keeps its order, whatever its scores say, and the first of those that come again', () => {
    expect(named('{"name":"low","score":1}\n{"name":"high","score":9}\nlow\n')).toEqual([
      'low',
      'high',
    ]);
  });

  it.each([
    ['{"name": "api"', 'line 2: it begins as JSON and is none'],
    ['{"title": "api"}', 'line 2: it is neither a name nor {name, score?, reason?}'],
    ['{"name": "api", "score": "9"}', 'line 2: it is neither a name nor {name, score?, reason?}'],
    ['{"name": " "}', 'line 2: its name is empty'],
    ['\u001B[31mapi\u001B[0m', 'line 2: its name holds control characters'],
    ['{"name": "a\\u0000b"}', 'line 2: its name holds control characters'],
    ['a\u2028b', 'line 2: its name holds control characters'],
    ['caf\uFFFD', 'line 2: its name is not UTF-8'],
    ['x'.repeat(501), 'line 2: its name has more than 500 characters'],
  ])('leaves out what cannot be a target: %j', (line, problem) => {
    expect(parseCandidates(`good\n${line}\nlater\n`)).toMatchObject({
      candidates: [{ name: 'good' }, { name: 'later' }],
      problems: [problem],
    });
  });

  it('whatever it is, gives names that can be shown and handed over, each once', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('\n', '{"name":', '}', '[', '"', '\u0000', '\uD800', '{"name":"a"}\n'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { candidates } = parseCandidates(pieces.join(''));
        const all = candidates.map(({ name }) => name);
        expect(new Set(all).size).toBe(all.length);
        for (const { name, reason } of candidates) {
          expect(name).toMatch(/^[^\p{Cc}]{1,500}$/u);
          expect(name.isWellFormed() && name === name.trim()).toBe(true);
          expect(reason ?? '').not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  function named(text: string): string[] {
    return parseCandidates(text).candidates.map(({ name }) => name);
  }
});
