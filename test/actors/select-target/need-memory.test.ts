import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NeedMemory } from '../../../src/actors/select-target/need-memory.ts';
import { fileStamp, isSameStamp } from '../../../src/actors/select-target/file-stamp.ts';
import type { Offer } from '../../../src/task/hooks.ts';
import { scratch } from './selecting.ts';

/** Long after all files of the test were written. */
const LATER = Date.now() + 60_000;

function useTargets(names: readonly string[]) {
  const workspace = scratch(Object.fromEntries(names.map((name) => [`${name}.txt`, '0.25'])));
  const memory = new NeedMemory();
  const worked: string[] = [];
  const offerOf = (name: string): Offer => ({
    ...{ name, priority: 0, graduated: false, maturity: null },
    ...{ inputs: [`${name}.txt`], version: null },
    need: () => {
      worked.push(name);
      return Number(readFileSync(join(workspace, `${name}.txt`), 'utf8'));
    },
  });
  return {
    workspace,
    offerOf,
    look: async (offers: readonly Offer[] = names.map(offerOf), nowEpochMs = LATER) => {
      worked.length = 0;
      const { signal } = new AbortController();
      const needs = await memory.needs({ offers, workspace, nowEpochMs, signal });
      return { needs: Object.fromEntries(needs.of), worked: [...worked], problems: needs.problems };
    },
    write: (name: string, text: string) => writeFileSync(join(workspace, `${name}.txt`), text),
    path: (name: string) => join(workspace, `${name}.txt`),
  };
}

describe('needs', () => {
  it('are worked out once, and again only where an input changed, came or went', async () => {
    const { look, write, path } = useTargets(['a', 'b', 'c']);
    expect((await look()).worked).toEqual(['a', 'b', 'c']);
    expect(await look()).toEqual({
      needs: { a: 0.25, b: 0.25, c: 0.25 },
      worked: [],
      problems: [],
    });
    write('b', '0.750');
    expect(await look()).toMatchObject({ needs: { b: 0.75 }, worked: ['b'] });
    rmSync(path('c'));
    expect(await look()).toMatchObject({ needs: { c: null }, worked: ['c'] });
    write('c', '0.1');
    expect(await look()).toMatchObject({ needs: { c: 0.1 }, worked: ['c'] });
  });

  it('see a change that leaves size and time of the file as they were', async () => {
    const { look, write, path } = useTargets(['a']);
    await look();
    const { atime, mtime } = statSync(path('a'));
    write('a', '0.75');
    utimesSync(path('a'), atime, mtime);
    expect(await look()).toMatchObject({ needs: { a: 0.75 }, worked: ['a'] });
  });

  it('read a file that was written a moment ago, whose time does not tell', async () => {
    const { path, write } = useTargets(['a']);
    const justThen = statSync(path('a')).ctimeMs + 1;
    const stamp = fileStamp(path('a'), justThen);
    expect(stamp.said).toMatch(/^[0-9a-f]{64}$/);
    expect(isSameStamp(fileStamp(path('a'), justThen), stamp)).toBe(true);
    write('a', '0.99');
    expect(fileStamp(path('a'), justThen).said).toMatch(/^[0-9a-f]{64}$/);
    expect(fileStamp(path('a'), justThen).said).not.toBe(stamp.said);
    expect(fileStamp(path('a'), LATER).said).toBe(null);
  });

  it('tell what differs in number, size or time alone, a file that is not there, and one that cannot be read', () => {
    const { path } = useTargets(['a']);
    const stamp = fileStamp(path('a'), LATER);
    expect(isSameStamp(stamp, fileStamp(path('a'), LATER))).toBe(true);
    for (const field of ['ino', 'size', 'mtimeMs', 'ctimeMs'] as const) {
      expect(isSameStamp(stamp, { ...stamp, [field]: stamp[field] + 1 })).toBe(false);
    }
    const absent = fileStamp(path('nowhere'), LATER);
    const unreadable = fileStamp(path('x'.repeat(300)), LATER);
    expect(isSameStamp(absent, fileStamp(path('nowhere'), LATER))).toBe(true);
    expect(isSameStamp(absent, stamp)).toBe(false);
    expect(isSameStamp(absent, unreadable)).toBe(false);
    expect(unreadable.said).toBe('unreadable: ENAMETOOLONG');
  });

  it('go by version as well, and are worked out each time where nothing tells', async () => {
    const { look, offerOf } = useTargets(['a', 'b']);
    const offers = (version: string) => [
      { ...offerOf('a'), version },
      { ...offerOf('b'), inputs: [] },
    ];
    expect((await look(offers('1'))).worked).toEqual(['a', 'b']);
    expect((await look(offers('1'))).worked).toEqual(['b']);
    expect((await look(offers('2'))).worked).toEqual(['a', 'b']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no PRD');
      },
      'need of "a" threw: no PRD',
    ],
    ['rejects', () => Promise.reject(new Error('no PRD')), 'need of "a" threw: no PRD'],
    ['is NaN', () => NaN, 'need of "a" is no number from 0 to 1'],
    ['is too much', () => 1.5, 'need of "a" is no number from 0 to 1'],
    ['is a word', () => 'high', 'need of "a" is no number from 0 to 1'],
  ])('are unknown where one %s, and the others are not', async (_, need, problem) => {
    const { look, offerOf } = useTargets(['a', 'b']);
    const { needs, problems } = await look([{ ...offerOf('a'), need }, offerOf('b')]);
    expect({ needs, problems }).toEqual({ needs: { a: null, b: 0.25 }, problems: [problem] });
  });

  it('forget who is not offered any more, and keep what was worked out before they were given up', async () => {
    const { look, offerOf, workspace } = useTargets(['a', 'b']);
    await look();
    await look([offerOf('a')]);
    expect((await look()).worked).toEqual(['b']);
    const stopped = new AbortController();
    const memory = new NeedMemory();
    const stops = {
      ...offerOf('b'),
      need: () => {
        stopped.abort();
        return 1;
      },
    };
    const request = { workspace, nowEpochMs: LATER, signal: stopped.signal };
    const offers = [offerOf('a'), stops, offerOf('c')];
    await expect(memory.needs({ ...request, offers })).rejects.toThrow(/abort/i);
    const again = {
      ...offerOf('a'),
      need: () => {
        throw new Error('again');
      },
    };
    const { signal } = new AbortController();
    const { problems } = await memory.needs({ ...request, signal, offers: [again] });
    expect(problems).toEqual([]);
  });
});
