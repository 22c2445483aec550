import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const PROGRAMS = ['dist/cli.cjs', 'dist/run.cjs'];

test.each(PROGRAMS)(
  '%s is plain ASCII: one other character doubles what it takes in memory',
  (file) => {
    expect(readFileSync(file).filter((byte) => byte > 127)).toHaveLength(0);
  },
);

test('the runner is built without what other commands do', () => {
  const [cli = '', run = ''] = PROGRAMS.map((file) => readFileSync(file, 'utf8'));
  expect(run.length).toBeLessThan(0.85 * cli.length);
  expect(run).toContain('Not part of the runner: ./commands/status.ts');
});

test('what starts programs is loaded from a file of its own, and by that name alone', () => {
  expect(globSync('dist/execa.cjs')).toEqual(['dist/execa.cjs']);
  for (const file of PROGRAMS) {
    expect(readFileSync(file, 'utf8')).toMatch(/require\("\.\/execa\.cjs"\)/);
    expect(readFileSync(file, 'utf8')).not.toMatch(/(?:require|import)\("execa"\)/);
  }
});
