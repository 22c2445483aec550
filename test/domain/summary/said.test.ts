import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { partsOfSaid, saidOf } from '../../../src/domain/summary/said.ts';

const REPORT: Report = {
  ...{ target: null, status: 'success', validation: [], derived: false },
  ...{ message: 'Did it.', changes: ['a.ts'], issues: ['slow\nstart'], next: 'more' },
  learned: ['be kind'],
};

describe('what an agent said', () => {
  it('can be taken apart again', () => {
    expect(partsOfSaid(saidOf(REPORT))).toEqual({
      ...{ words: 'Did it.', changes: ['a.ts'], issues: ['slow start'] },
      ...{ next: ['more'], learned: ['be kind'] },
    });
  });

  it('keeps what was found out, however long the words are', () => {
    const said = saidOf({ ...REPORT, message: 'word '.repeat(1_000) });
    expect(said.length).toBeLessThanOrEqual(1_200);
    expect(partsOfSaid(said).learned).toEqual(['be kind']);
  });

  it('is bounded, however long the lists are', () => {
    const learned = Array.from({ length: 500 }, (_, index) => `lesson ${index}`);
    const said = saidOf({ ...REPORT, message: 'word '.repeat(1_000), learned });
    expect(said.length).toBeLessThanOrEqual(1_200);
    expect(said).toMatch(/^word /);
  });
});
