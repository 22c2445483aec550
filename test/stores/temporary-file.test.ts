import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeStaleTemporaries, withTemporary } from '../../src/stores/temporary-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('removes what a writer killed long ago left behind, and nothing else', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'snapshot.json');
  withTemporary({ path, data: '' }, (temporary) => {
    writeFileSync(temporary.replace('snapshot', 'old-snapshot'), '');
    utimesSync(temporary.replace('snapshot', 'old-snapshot'), 1, 1);
    writeFileSync(join(folder, 'mine.tmp'), '');
    utimesSync(join(folder, 'mine.tmp'), 1, 1);
    removeStaleTemporaries(folder);
    expect(readdirSync(folder)).toHaveLength(2);
  });
  expect(readdirSync(folder)).toEqual(['mine.tmp']);
});
