import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prdCompletion } from '../../../src/domain/progress/prd-completion.ts';
import { parsePrd } from '../../../src/domain/progress/prd-items.ts';

test('reads every common form of a checkbox', () => {
  const marks = parsePrd(
    [
      '- [ ] dash',
      '* [x] star',
      '+ [X] plus',
      '1. [ ] number',
      '2) [x] number with a parenthesis',
      '   - [x] nested',
      '\t* [ ] nested by a tab',
      '> - [x] quoted',
      '-   [ ]   far apart  ',
      '- [] without a space',
      '- [✓] tick',
      '- [✅] green tick',
      '- [~] begun',
      '- [-] put off',
      '- ☑ ballot',
      '- ☐ open ballot',
      '- <input type="checkbox" checked disabled> input',
      '- <input type="checkbox"> open input',
      '- \\[ \\] escaped by a formatter',
    ].join('\n'),
  ).map(({ done, text }) => `${done ? 'done' : 'open'}: ${text}`);
  expect(marks).toEqual([
    'open: dash',
    'done: star',
    'done: plus',
    'open: number',
    'done: number with a parenthesis',
    'done: nested',
    'open: nested by a tab',
    'done: quoted',
    'open: far apart',
    'open: without a space',
    'done: tick',
    'done: green tick',
    'open: begun',
    'open: put off',
    'done: ballot',
    'open: open ballot',
    'done: input',
    'open: open input',
    'open: escaped by a formatter',
  ]);
});

test('reads boxes in tables', () => {
  const table = `| done | what | priority |\n|---|---|---|\n| [x] | login | (P0) |\n| [ ] | search \\| find | |`;
  expect(parsePrd(table)).toEqual([
    { text: 'login (P0)', done: true, priority: 0, line: 3 },
    { text: 'search \\| find', done: false, priority: null, line: 4 },
  ]);
});

test.each([
  ['a link', '- [x](https://example.org) a link'],
  ['a reference', '- [x]: a reference'],
  ['a footnote', '- [^1] a footnote'],
  ['a name in brackets', '- [API] a name'],
  ['a box in prose', 'write [x] for done'],
  ['a box without a text', '- [x]'],
  ['fenced code', '```md\n- [x] example\n```'],
  ['code fenced by tildes', '~~~\n```\n- [x] example\n~~~'],
  ['code that is never closed', '```\n- [x] example'],
  ['code in a list', '- ```\n  - [x] example\n  ```'],
  ['a comment', '<!-- - [x] no -->'],
  ['a comment of several lines', '<!--\n- [x] no\n-->'],
  ['a rule', '- - -'],
])('takes %s for no item', (_, markdown) => {
  expect(parsePrd(markdown)).toEqual([]);
});

test("takes an item's priority from itself, else from what it is nested in, else from its heading", () => {
  const prd = `# Product
- [ ] before any
## P0: must work
- [x] of the heading
- [ ] **P2**: of itself
  - [ ] of its parent
- [ ] of the heading again
### Details
- [ ] of the heading above
## Should have
- [ ] of words
## Notes
- [ ] of none
**Nice to have (P2)**

- [ ] of a bold line
P1 goals
--------
- [ ] of an underlined heading
- P0
  - [ ] of a list item without a box
- [ ] sort by size [P1]
- [ ] use MP3 and P2P, not P10
`;
  const priorities = Object.fromEntries(
    parsePrd(prd).map(({ text, priority }) => [text, priority]),
  );
  expect(priorities).toEqual({
    'before any': null,
    'of the heading': 0,
    '**P2**: of itself': 2,
    'of its parent': 2,
    'of the heading again': 0,
    'of the heading above': 0,
    'of words': 1,
    'of none': null,
    'of a bold line': 2,
    'of an underlined heading': 1,
    'of a list item without a box': 0,
    'sort by size [P1]': 1,
    'use MP3 and P2P, not P10': 1,
  });
});

const word = fc.stringMatching(/^[a-oq-z]{1,8}$/);
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const bullet = fc.constantFrom('- ', '* ', '+ ', '7. ', '12) ', '> - ', '-\t', '  - ');
const item = fc.record({ text, bullet, done: fc.boolean(), eol: fc.constantFrom('\n', '\r\n') });

test('finds all items that were written, whatever stands between them', () => {
  const between = fc.constantFrom('', 'prose', '```\n- [x] code\n```', '<!-- - [ ] no -->', '---');
  fc.assert(
    fc.property(fc.array(fc.tuple(item, between), { maxLength: 20 }), (written) => {
      const markdown = written
        .map(
          ([one, filler]) =>
            `${filler}\n\n${one.bullet}[${one.done ? 'x' : ' '}] ${one.text}${one.eol}`,
        )
        .join('');
      const found = parsePrd(markdown);
      expect(found.map((one) => [one.text, one.done])).toEqual(
        written.map(([one]) => [one.text, one.done]),
      );
      const lines = markdown.split(/\r\n|\n/);
      found.forEach((one) => expect(lines[one.line - 1]).toContain(one.text));
    }),
  );
});

test('says the same whatever ends the lines', () => {
  const fragment = fc.constantFrom(
    ...[
      '- [x] a',
      '  - [ ] b',
      '# P1',
      '```',
      '~~~',
      '<!--',
      '-->',
      '| [x] | c |',
      '===',
      '**P0**',
      '',
    ],
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 30 }), (lines) => {
      const unix = parsePrd(lines.join('\n'));
      expect(parsePrd(lines.join('\r\n'))).toEqual(unix);
      expect(parsePrd(`\uFEFF${lines.join('\r')}`)).toEqual(unix);
    }),
  );
});

test('takes any text, and answers with items of one line that are in it', () => {
  const noise = fc.string({
    unit: fc.constantFrom(...Array.from('-*+[]xX ~`#>|\\\n\r\t<!P012.)☑'), 'a', 'é', '😀', '\0'),
    maxLength: 300,
  });
  fc.assert(
    fc.property(fc.oneof(noise, fc.string({ unit: 'binary' })), (markdown) => {
      const lines = markdown.split(/\r\n|\n|\r/).length;
      for (const one of parsePrd(markdown)) {
        expect(one.text.trim()).toBe(one.text);
        expect(one.text).toMatch(/^[^\n\r]+$/);
        expect(one.line).toBeLessThanOrEqual(lines);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['brackets', '- ['.repeat(200_000)],
  ['spaces', `- [ ]${' '.repeat(400_000)}`],
  ['stars', `${'*'.repeat(400_000)}a`],
  ['quotes', '> '.repeat(200_000)],
  ['comments', '<!--'.repeat(100_000)],
  ['an input', `- <input ${'checkbox '.repeat(50_000)}`],
  ['backticks', '`'.repeat(400_000)],
  ['backticks with others behind', `\`\`\`${'a`'.repeat(200_000)}`],
  ['underscores', `__${'a '.repeat(200_000)}_`],
  ['digits', `${'1'.repeat(400_000)}. [x] a`],
  ['cells', `|${'[x'.repeat(200_000)}|`],
  ['lines', '- [ ] a\n'.repeat(50_000)],
  [
    'ever deeper',
    Array.from({ length: 1_000 }, (_, deep) => `${' '.repeat(deep)}- [x] P1 a`).join('\n'),
  ],
])('reads half a megabyte of %s in no time', (_, markdown) => {
  const before = performance.now();
  parsePrd(markdown);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('adds up by priority', () => {
  const items = fc.array(
    fc.record({ done: fc.boolean(), priority: fc.option(fc.integer({ min: 0, max: 9 })) }),
  );
  fc.assert(
    fc.property(items, (all) => {
      const { byPriority, done, total, share } = prdCompletion(all);
      const sum = (of: 'done' | 'total'): number => byPriority.reduce((so, one) => so + one[of], 0);
      expect([sum('done'), sum('total')]).toEqual([done, total]);
      expect(share).toBe(total === 0 ? null : done / total);
      expect(byPriority.every((one) => one.total > 0)).toBe(true);
    }),
  );
  const prd = parsePrd('## P1\n- [x] a\n- [ ] b\n## P0\n- [ ] c\n## Rest\n- [x] d');
  expect(prdCompletion(prd)).toEqual({
    ...{ done: 2, total: 4, share: 0.5 },
    byPriority: [
      { priority: 0, done: 0, total: 1, share: 0 },
      { priority: 1, done: 1, total: 2, share: 0.5 },
      { priority: null, done: 1, total: 1, share: 1 },
    ],
  });
});
