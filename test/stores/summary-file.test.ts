import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileSummaryStore } from '../../src/stores/summary-file.ts';
import { InMemorySummaryStore } from '../fakes/in-memory-summary-store.ts';
import { keepsTheSummaryStoreContract } from './contracts/summary-store.ts';
import { keepAsIs } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const summaryIn = (folder: string): FileSummaryStore =>
  new FileSummaryStore({
    jsonPath: join(folder, 'summary.json'),
    textPath: join(folder, 'summary.txt'),
    redactor: keepAsIs,
  });

describe('FileSummaryStore', () => {
  keepsTheSummaryStoreContract(() => summaryIn(temporaryFolder()));

  test('takes a damaged summary for none', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'summary.json'), '{"total_iterations":');
    expect(summaryIn(folder).readMetrics()).toBeNull();
  });
});

describe('InMemorySummaryStore', () => {
  keepsTheSummaryStoreContract(() => new InMemorySummaryStore());
});
