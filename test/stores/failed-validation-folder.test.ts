import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailedValidationFolder } from '../../src/stores/failed-validation-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

const FAILED = {
  ...{ target: 'a/../b', iteration: 3, takenBackTo: null },
  gates: [{ name: 'g', reason: 'r', output: 'o' }],
};

describe('what targets did not pass', () => {
  it('is kept for each, whatever its name, until it is cleared', () => {
    const directory = join(temporaryFolder(), 'gates');
    const store = new FailedValidationFolder(directory);
    expect(store.of('a/../b')).toBeNull();
    store.keep(FAILED);
    store.keep({ ...FAILED, target: null, iteration: 4 });
    expect(new FailedValidationFolder(directory).of('a/../b')).toEqual(FAILED);
    expect(store.of(null)).toMatchObject({ iteration: 4 });
    expect(store.of('b')).toBeNull();
    store.clear('a/../b');
    store.clear('a/../b');
    expect([store.of('a/../b'), readdirSync(directory).length]).toEqual([null, 1]);
  });

  it('is nothing where the file was damaged', () => {
    const directory = join(temporaryFolder(), 'gates');
    const store = new FailedValidationFolder(directory);
    store.keep(FAILED);
    const [name = ''] = readdirSync(directory);
    for (const text of ['', '{}', '[]', JSON.stringify({ ...FAILED, gates: [{ name: 1 }] })]) {
      writeFileSync(join(directory, name), text);
      expect(store.of('a/../b')).toBeNull();
    }
  });
});
