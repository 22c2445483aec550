import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openGrowingFile } from '../../src/stores/growing-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

test(
  'a line of many megabytes is copied once, not for each of its blocks',
  { timeout: 2_000 },
  () => {
    const path = join(temporaryFolder(), 'events.ndjson');
    const length = 64_000_000;
    writeFileSync(
      path,
      Buffer.concat([Buffer.alloc(length, 'x'), Buffer.from('\nnext\nunfinished')]),
    );
    const file = openGrowingFile(path);
    expect([...(file?.lines() ?? [])].map((line) => line.length)).toEqual([length, 'next'.length]);
    file?.close();
  },
);
