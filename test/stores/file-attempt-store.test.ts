import { lstatSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { FileAttemptStore } from '../../src/stores/file-attempt-store.ts';
import { InMemoryAttemptStore } from '../fakes/in-memory-attempt-store.ts';
import { keepsTheAttemptStoreContract } from './contracts/attempt-store.ts';
import { sampleClaim, sampleResult } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const KEY = { iteration: 1, attempt: 1 };

const createStore = (): FileAttemptStore =>
  new FileAttemptStore(join(temporaryFolder(), 'iterations'));

describe('FileAttemptStore', () => {
  keepsTheAttemptStoreContract(createStore);

  test('keeps everything for its user alone', () => {
    const store = createStore();
    store.claim(KEY, sampleClaim);
    const directory = store.directory(KEY);
    const modes = [directory, join(directory, '..'), join(directory, 'claim.json')].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  test.each([
    ['is empty', ''],
    ['names another attempt', JSON.stringify({ ...sampleClaim, attemptId: 'other' })],
  ])('takes away a claim that %s', (_, text) => {
    const store = createStore();
    const path = join(store.directory(KEY), 'claim.json');
    writeFileSync(path, text);
    expect(store.discardForeign(KEY, sampleClaim.attemptId)).toEqual(['claim.json']);
    expect(store.claim(KEY, sampleClaim)).toBe(true);
    expect(store.discardForeign(KEY, sampleClaim.attemptId)).toEqual([]);
  });

  test('takes away a folder in the place of a result', () => {
    const store = createStore();
    mkdirSync(join(store.directory(KEY), 'result.json'));
    expect(store.discardForeign(KEY, sampleResult.attemptId)).toEqual(['result.json']);
    expect(store.settle(KEY, sampleResult)).toBe(true);
  });

  test('leaves what a newer autoloop wrote, and refuses it', () => {
    const store = createStore();
    const newer = JSON.stringify({ ...sampleClaim, format: 2 });
    writeFileSync(join(store.directory(KEY), 'claim.json'), newer);
    expect(store.discardForeign(KEY, sampleClaim.attemptId)).toEqual([]);
    expect(() => store.readClaim(KEY)).toThrow(expect.objectContaining({ code: EXIT.state }));
  });

  test('creates nothing by reading', () => {
    const store = createStore();
    store.readClaim(KEY);
    expect(store.lastIteration()).toBe(0);
  });

  test('sees what another process wrote', () => {
    const iterations = join(temporaryFolder(), 'iterations');
    new FileAttemptStore(iterations).settle(KEY, sampleResult);
    expect(new FileAttemptStore(iterations).readResult(KEY)).toEqual(sampleResult);
  });

  test('counts folders of iterations, nothing else', () => {
    const iterations = join(temporaryFolder(), 'iterations');
    mkdirSync(join(iterations, '000002'), { recursive: true });
    mkdirSync(join(iterations, '99'));
    mkdirSync(join(iterations, '000009.bak'));
    writeFileSync(join(iterations, '000003.log'), '');
    writeFileSync(join(iterations, '000004'), '');
    expect(new FileAttemptStore(iterations).lastIteration()).toBe(2);
  });

  test.each([
    ['claim.json', '', 'it is empty'],
    ['claim.json', '{"format":1', 'it is no JSON, or cut short'],
    [
      'claim.json',
      JSON.stringify({ ...sampleClaim, isolation: { pid: 1 } }),
      'its field "isolation" is missing or wrong',
    ],
    [
      'result.json',
      JSON.stringify({ ...sampleResult, outcome: 'splendid' }),
      'its field "outcome" is missing or wrong',
    ],
    [
      'result.json',
      JSON.stringify({ ...sampleResult, denials: [1] }),
      'its field "denials" is missing or wrong',
    ],
    ['result.json', 'null', 'it is no JSON object'],
  ])('refuses a damaged %s with 156 (%s)', (name, text, why) => {
    const store = createStore();
    const path = join(store.directory(KEY), name);
    writeFileSync(path, text);
    const read = () => (name === 'claim.json' ? store.readClaim(KEY) : store.readResult(KEY));
    expect(read).toThrow(
      expect.objectContaining({
        code: EXIT.state,
        message: `Cannot understand ${path}: ${why}.`,
        fix: expect.stringContaining(`mv ${path}`),
      }),
    );
  });

  test('refuses a result of a newer autoloop with 156', () => {
    const store = createStore();
    writeFileSync(
      join(store.directory(KEY), 'result.json'),
      JSON.stringify({ ...sampleResult, format: 2 }),
    );
    expect(() => store.readResult(KEY)).toThrow(
      expect.objectContaining({
        code: EXIT.state,
        message: expect.stringContaining('newer autoloop: its format is 2'),
      }),
    );
  });

  test('what was put in the place of its folders gives way', () => {
    const store = createStore();
    const directory = store.directory(KEY);
    for (const path of [directory, dirname(directory), dirname(dirname(directory))]) {
      rmSync(path, { recursive: true });
      symlinkSync(tmpdir(), path);
      expect(lstatSync(store.directory(KEY)).isDirectory()).toBe(true);
      expect(lstatSync(path).isDirectory(), path).toBe(true);
    }
  });

  test('a watcher is told each second, whatever happens in the folder', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const changed = vi.fn();
    const cancel = createStore().watch(KEY, changed);
    await Promise.resolve();
    expect(changed).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(3_000);
    expect(changed).toHaveBeenCalledTimes(4);
    cancel();
    vi.advanceTimersByTime(3_000);
    expect(changed).toHaveBeenCalledTimes(4);
  });
});

describe('InMemoryAttemptStore', () => {
  keepsTheAttemptStoreContract(() => new InMemoryAttemptStore());
});
