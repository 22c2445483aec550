import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/task/parse-report.ts';
import { reportInstructions } from '../../src/task/report-instructions.ts';

const FULL =
  '{"target":"a","status":"success","validation":["npm test: 3 passed"],"learned":["z"],"changes":["x","y"],"issues":[],"next":"b"}';
const READ = {
  target: 'a',
  status: 'success',
  changes: ['x', 'y'],
  validation: ['npm test: 3 passed'],
  issues: [],
  next: 'b',
  learned: ['z'],
  derived: false,
};

describe('a report', () => {
  it.each([
    ['a fenced block', `Done.\n\n\`\`\`json\n${FULL}\n\`\`\``],
    ['a block with words behind it', `\`\`\`json\n${FULL}\n\`\`\`\nDone.`],
    ['a fence without a language', `Done.\n\`\`\`\n${FULL}\n\`\`\``],
    ['a fence in capitals', `Done.\n\`\`\`JSON\n${FULL}\n\`\`\``],
    ['a fence of tildes', `Done.\n~~~json\n${FULL}\n~~~`],
    ['a long fence', `Done.\n\`\`\`\`json\n${FULL}\n\`\`\`\``],
    ['an indented fence', `Done.\n   \`\`\`json\n   ${FULL}\n   \`\`\``],
    ['lines that end as on Windows', `Done.\r\n\`\`\`json\r\n${FULL}\r\n\`\`\`\r\n`],
    ['a fence that is not closed', `Done.\n\`\`\`json\n${FULL}`],
    ['an open fence before it', `\`\`\`\nleft open\n\nDone.\n\`\`\`json\n${FULL}\n\`\`\``],
    ['no fence, at the very end', `Done.\n${FULL}\n`],
    ['no fence, over several lines', `Done.\n${JSON.stringify(JSON.parse(FULL), null, 2)}`],
    [
      'trailing commas',
      `Done.\n\`\`\`json\n${FULL.replace('"y"]', '"y",],').replace('"b"}', '"b",}').replace(',,', ',')}\n\`\`\``,
    ],
    ['other code after it', `\`\`\`json\n${FULL}\n\`\`\`\nTry:\n\`\`\`sh\nnode x\n\`\`\`\nDone.`],
    [
      'an earlier report before it',
      `\`\`\`json\n{"status":"failed","changes":[]}\n\`\`\`\nDone.\n\`\`\`json\n${FULL}\n\`\`\``,
    ],
  ])('is read from %s', (_, message) => {
    expect(parseReport(message)).toMatchObject(READ);
  });

  it('leaves the words without the block', () => {
    expect(parseReport(`Done.\n\n\`\`\`json\n${FULL}\n\`\`\`\n`).message).toBe('Done.');
    expect(parseReport(`\`\`\`json\n${FULL}\n\`\`\`\nBye.`).message).toBe('Bye.');
    expect(parseReport(FULL).message).toBe('');
  });

  it('keeps a fence that stands inside a text', () => {
    const report = `{"status":"success","changes":["a \`\`\` fence"]}`;
    expect(parseReport(`\`\`\`json\n${report}\n\`\`\``).changes).toEqual(['a ``` fence']);
  });

  it.each([
    ['success', 'success'],
    ['No-Change', 'no_change'],
    ['no change', 'no_change'],
    [' PARTIAL ', 'partial'],
    ['complete', 'complete'],
    ['completed', 'unknown'],
    ['done', 'unknown'],
    ['', 'unknown'],
  ])('of status "%s" is %s', (written, status) => {
    expect(parseReport(`{"status":"${written}","changes":[]}`)).toMatchObject({
      status,
      derived: false,
    });
  });

  it.each<[unknown, readonly string[]]>([
    ['one', ['one']],
    [null, []],
    [undefined, []],
    [
      ['', ' a ', 3, null, { file: 'x' }],
      ['a', '3', '{"file":"x"}'],
    ],
    [[...Array(99).keys()], [...Array(50).keys()].map(String)],
    ['x'.repeat(2000), ['x'.repeat(1000)]],
  ])('takes %o for its changes', (changes, read) => {
    expect(parseReport(JSON.stringify({ status: 'success', changes, next: null })).changes).toEqual(
      read,
    );
  });
});

describe('no report', () => {
  it.each([
    ['nothing at all', ''],
    [
      'prose with the words of one',
      'Status: complete. Everything is a success, no_change needed. {"status"}',
    ],
    ['other JSON', '```json\n{"status":"success"}\n```'],
    ['an answer of a service', '```json\n{"status":"complete","data":{"changes":1}}\n```'],
    ['an array', '```json\n[{"status":"success","changes":[]}]\n```'],
    ['a status that is no text', '```json\n{"status":1,"changes":[]}\n```'],
    ['broken JSON', '```json\n{"status":"success","changes":[}\n```'],
    ['an object within a sentence', `He said ${FULL} and left.`],
    [
      'a report quoted in a longer fence',
      `\`\`\`\`md\n\`\`\`json\n${FULL}\n\`\`\`\n\`\`\`\`\nBye.`,
    ],
  ])('is derived from %s', (_, message) => {
    expect(parseReport(message)).toEqual({
      target: null,
      status: 'unknown',
      changes: [],
      validation: [],
      issues: [],
      next: null,
      learned: [],
      message: message.trim(),
      derived: true,
    });
  });

  it('comes from an agent that repeats its prompt', () => {
    expect(parseReport(reportInstructions)).toMatchObject({ status: 'unknown' });
  });

  it('is found in no time in much text', () => {
    const started = performance.now();
    parseReport(`${'{\n```\n'.repeat(2000)}}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
