import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/domain/error.ts';
import { resolvePrompt, type PromptSearch } from '../../src/task/resolve-prompt.ts';
import { scratch } from './scratch.ts';

describe('finding the prompt', () => {
  it.each([
    [['prompts/mine.md', 'prompts/a-loop.md', 'prompt.md'], 'prompts/mine.md'],
    [['prompts/b-loop.md', 'prompts/a-loop.md', 'prompt.md'], 'prompts/a-loop.md'],
    [['prompts/other.md', 'prompt.md'], 'prompt.md'],
  ])('of %j takes %s', (files, taken) => {
    const directory = scratch(Object.fromEntries(files.map((file) => [file, file])));
    expect(find({ directory })).toEqual({ file: join(directory, taken), text: taken });
  });

  it("takes the hook's first readable candidate, and none of the usual ones", () => {
    const directory = scratch({ 'b.md': 'b', 'c.md': 'c', 'prompt.md': 'p' });
    mkdirSync(join(directory, 'folder'));
    expect(find({ directory, candidates: ['a.md', 'folder', 'b.md', 'c.md'] }).text).toBe('b');
    expect(attempt({ directory, candidates: ['a.md'] }).code).toBe(150);
  });

  it('takes the file the operator named before any other, and no other instead of it', () => {
    const directory = scratch({ 'named.md': 'n', 'prompt.md': 'p' });
    expect(find({ directory, promptFile: join(directory, 'named.md') }).text).toBe('n');
    expect(attempt({ directory, promptFile: join(directory, 'gone.md') })).toEqual({
      code: 150,
      message: `${join(directory, 'gone.md')} does not exist.`,
      fix: 'Correct the path, or write the file.',
    });
  });

  it('reads anew each time', () => {
    const directory = scratch({ 'prompt.md': 'old' });
    find({ directory });
    writeFileSync(join(directory, 'prompt.md'), 'new');
    expect(find({ directory }).text).toBe('new');
  });

  it('drops a byte order mark, and nothing else', () => {
    const directory = scratch({ 'prompt.md': '\u{feff}# Grüße 😀\r\n' });
    expect(find({ directory }).text).toBe('# Grüße 😀\r\n');
  });
});

describe('refusing a prompt', () => {
  it('tells every path it tried', () => {
    const directory = scratch({ 'prompts/a-loop.md/x': '' });
    expect(attempt({ directory })).toEqual({
      code: 150,
      message:
        `Task "mine" has no prompt. Tried: ${directory}/prompts/mine.md does not exist. ` +
        `${directory}/prompts/a-loop.md is a directory. ${directory}/prompt.md does not exist.`,
      fix: `Name a prompt: --task mine --prompt FILE. Or write ${directory}/prompts/mine.md.`,
    });
  });

  it('tells when the hook named none', () => {
    expect(attempt({ directory: scratch(), candidates: [] }).message).toMatch(
      /The hook promptCandidates returned no path/,
    );
  });

  it.each([
    ['empty', '', /is empty/],
    ['blank', ' \n\t\n', /is empty/],
    ['binary', 'a\0b', /is not UTF-8 text/],
  ])('refuses one that is %s, rather than to take the next', (_, text, message) => {
    const directory = scratch({ 'prompts/mine.md': text, 'prompt.md': 'p' });
    expect(attempt({ directory })).toMatchObject({
      code: 150,
      message: expect.stringMatching(message),
    });
  });

  it('refuses what is not UTF-8', () => {
    const directory = scratch({ 'prompt.md': '' });
    writeFileSync(join(directory, 'prompt.md'), Buffer.from([0x68, 0xe4, 0x68]));
    expect(attempt({ directory })).toMatchObject({
      code: 150,
      fix: expect.stringMatching(/iconv/),
    });
  });

  it('refuses more than 10 MB, without reading it', () => {
    const directory = scratch({ 'prompt.md': 'p' });
    truncateSync(join(directory, 'prompt.md'), 11 * 1024 * 1024);
    expect(attempt({ directory })).toMatchObject({
      code: 150,
      message: expect.stringMatching(/has 11\.0 MB, more than the 10 MB/),
    });
  });

  it('refuses a pipe, without waiting for it', () => {
    const directory = scratch();
    const promptFile = join(directory, 'pipe');
    execFileSync('mkfifo', [promptFile]);
    expect(attempt({ directory, promptFile })).toMatchObject({
      code: 150,
      message: `${promptFile} is no regular file.`,
    });
  });

  it('says 155 where one is there and cannot be read', () => {
    const directory = scratch({ 'prompts/x.md': 'x' });
    symlinkSync('prompt.md', join(directory, 'prompt.md'));
    expect(attempt({ directory })).toMatchObject({
      code: 155,
      message: expect.stringMatching(/prompt\.md cannot be read \(ELOOP\)/),
    });
  });
});

function find(search: { directory: string } & Partial<PromptSearch>) {
  return resolvePrompt({
    task: { name: 'mine', directory: search.directory },
    promptFile: null,
    candidates: null,
    ...search,
  });
}

function attempt(search: Parameters<typeof find>[0]) {
  try {
    return { ...find(search), code: 0, message: '', fix: '' };
  } catch (error) {
    return describeError(error);
  }
}
