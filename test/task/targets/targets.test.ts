import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parsePrd } from '../../../src/domain/progress/prd-items.ts';
import type { TargetRecord } from '../../../src/domain/summary/summary.ts';
import { describePrd } from '../../../src/task/targets/describe-prd.ts';
import { describeRecord } from '../../../src/task/targets/describe-record.ts';
import { folderFigures } from '../../../src/task/targets/folder-figures.ts';
import { foldersIn } from '../../../src/task/targets/folders-in.ts';
import { gatesFor } from '../../../src/task/targets/gates-for.ts';
import { namesIn } from '../../../src/task/targets/names-in.ts';
import { openShare } from '../../../src/task/targets/open-share.ts';
import { qualityOf } from '../../../src/task/targets/quality-of.ts';
import { sumOf } from '../../../src/task/targets/sum-of.ts';
import { readPrd } from '../../../src/task/targets/read-prd.ts';
import { readHistory } from '../../../src/task/read-history.ts';
import { record } from '../../selection/scored.ts';
import { contextOf } from '../context-of.ts';
import { scratch } from '../scratch.ts';

describe('what is open of a PRD', () => {
  it('weighs more where it is more important', () => {
    expect(share('- [ ] P0 a\n- [x] P2 b\n')).toBe(0.8);
    expect(share('- [x] P0 a\n- [ ] P2 b\n')).toBe(0.2);
    expect(share('- [ ] P1 a\n- [x] b\n- [x] P3 c\n')).toBe(0.5);
    expect(share('- [x] a\n')).toBe(0);
    expect(share('no items')).toBe(null);
  });

  it('is told with its lines, the most important first, and not all of it', () => {
    const text = `# P2\n- [ ] later\n# P0\n- [x] done\n- [ ] now\n# Else\n${'- [ ] P1 some\n'.repeat(6)}`;
    expect(describePrd(parsePrd(text))).toBe(
      `PRD.md: 1 of 9 items are done (P0 1/2, P1 0/6, P2 0/1); open:
- P0: now (line 5)
- P1 some (line 7)
- P1 some (line 8)
- P1 some (line 9)
- P1 some (line 10)
- and 3 more`,
    );
    expect(describePrd([])).toBe('PRD.md: has no checkboxes');
    expect(describePrd(null)).toBe('PRD.md: there is none');
  });

  it('is read from the folder, where it has one', async () => {
    expect(await readPrd(scratch({ 'PRD.md': '- [x] a\n' }))).toMatchObject([{ text: 'a' }]);
    expect(await readPrd(scratch())).toBe(null);
  });
});

describe('documentation', () => {
  const LONG = 'It does what it is for. '.repeat(20);

  it.each([
    [{}, 0],
    [{ 'README.md': '# x\n' }, 0],
    [{ 'README.md': `# x\n${LONG}` }, 1 / 3],
    [{ 'README.md': `# x\n## How to run it\n${LONG}` }, 2 / 3],
    [{ 'README.md': `# x\n## Usage\n${LONG}`, 'PRD.md': '- [ ] a' }, 1],
  ])('is there by so much: %j', async (files, expected) => {
    const { documentation } = await folderFigures(scratch(files));
    expect(documentation).toBeCloseTo(expected);
  });
});

it('the folders that could be targets are found, links to some among them', async () => {
  const place = scratch({
    'b/x': '',
    'a/x': '',
    '.git/x': '',
    'node_modules/x': '',
    '-rf/x': '',
    f: '',
  });
  symlinkSync('a', join(place, 'linked'));
  symlinkSync('f', join(place, 'to-a-file'));
  symlinkSync('gone', join(place, 'to-nothing'));
  expect(await foldersIn(place)).toEqual(['a', 'b', 'linked']);
  expect(await foldersIn(join(place, 'none'))).toBe(null);
});

describe('the figures of a folder', () => {
  it('are those of its PRD, or none', async () => {
    const folder = scratch({ 'PRD.md': '- [x] P0 a\n- [ ] P2 b\n' });
    expect(await folderFigures(folder)).toMatchObject({
      ...{ hasPrd: true, done: 1, total: 2, openShare: 0.2 },
    });
    expect(await folderFigures(scratch())).toEqual({
      ...{ hasPrd: false, done: 0, total: 0, openShare: null, documentation: 0 },
    });
  });

  it('are worked out again only where a file has changed', async () => {
    const folder = scratch({ 'PRD.md': '- [ ] a\n' });
    const file = join(folder, 'PRD.md');
    const first = await folderFigures(folder);
    writeFileSync(file, '- [x] a\n');
    expect((await folderFigures(folder)).done, 'written a moment ago').toBe(1);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    onTestFinished(() => void vi.restoreAllMocks());
    const second = await folderFigures(folder);
    expect(await folderFigures(folder)).toBe(second);
    expect(second).not.toBe(first);
    writeFileSync(file, '- [x] a\n- [ ] b\n');
    expect((await folderFigures(folder)).total).toBe(2);
    rmSync(file);
    expect((await folderFigures(folder)).hasPrd).toBe(false);
  });

  it('add up', () => {
    const some = [
      { done: 1, total: 2 },
      { done: 0, total: 3 },
    ];
    expect(sumOf(some)).toEqual({ done: 1, total: 5 });
    expect(sumOf([])).toEqual({ done: 0, total: 0 });
  });
});

describe('what is known of a target', () => {
  it('is how its work was proved', () => {
    expect(qualityOf(undefined)).toBe(null);
    expect(qualityOf(record({ succeeded: 1, unchanged: 1 }))).toBe(null);
    expect(qualityOf(record({ succeeded: 1 }))).toBe(1);
    expect(qualityOf(record({ succeeded: 5, validations_failed_in_row: 1 }))).toBe(0);
  });

  it('is told in a line', () => {
    expect(describeRecord(undefined)).toBe('nobody worked on it yet');
    expect(
      describeRecord(record({ last_outcome: 'failed', last_iteration: 7, iterations: 3 })),
    ).toBe('failed in iteration 7; 1 of 3 iterations went well');
  });

  it('is read from summary.json, for whoever is not told', async () => {
    const targets: Record<string, TargetRecord> = { api: record() };
    const rest = { total_iterations: 1, recent: [], efficiency: {}, durations: {}, outcomes: {} };
    const summary = { ...rest, cost: {}, operational: {}, state: {}, targets };
    const dataDir = scratch({ 'summary.json': JSON.stringify(summary) });
    expect((await readHistory(contextOf({ dataDir }))).get('api')).toEqual(record());
    expect((await readHistory(contextOf({ dataDir: scratch() }))).size).toBe(0);
  });
});

describe('the gate of a target', () => {
  const CHECK = { command: './check {target}', timeoutSeconds: 60 };

  it('is what the user wants its work to pass', () => {
    expect(gatesFor(contextOf({ target: 'api' }), CHECK)).toEqual([
      { name: 'validate api', command: ['./check', 'api'], timeoutSeconds: 60 },
    ]);
  });

  it('is none without a command or a target, nor where nothing may be changed', () => {
    const context = contextOf({ target: 'api' });
    expect(gatesFor(context, { ...CHECK, command: '' })).toEqual([]);
    expect(gatesFor({ ...context, target: null }, CHECK)).toEqual([]);
    const settings = { ...context.settings, mode: 'plan' as const };
    expect(gatesFor({ ...context, settings }, CHECK)).toEqual([]);
  });
});

it('names may be written with spaces or commas between', () => {
  expect(namesIn(' a, b;c  d\n')).toEqual(['a', 'b', 'c', 'd']);
  expect(namesIn('')).toEqual([]);
});

function share(markdown: string): number | null {
  return openShare(parsePrd(markdown));
}
