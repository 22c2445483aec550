import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PARSERS } from '../../../src/actors/gates/parsers/parsers.ts';
import { GATE_PARSERS, type GateParserName } from '../../../src/domain/validation.ts';

const RECORDED = join(import.meta.dirname, 'recorded');

/** What the real tools printed: vitest 5.1, jest 29.7, mocha 11, pytest 9.0, go 1.19, Node 24, Test::More 1.3. */
const SAID: Readonly<Record<string, readonly [ran: number, failed: number] | null>> = {
  'vitest-pass.txt': [2, 0],
  'vitest-fail.txt': [2, 1],
  'vitest-mixed.txt': [4, 2],
  'vitest-skip.txt': [0, 0],
  'vitest-nomatch.txt': [0, 0],
  'vitest-empty.txt': [0, 0],
  'vitest-broken.txt': [0, 0],
  'vitest-passnone.txt': [0, 0],
  'jest-pass.txt': [2, 0],
  'jest-fail.txt': [2, 1],
  'jest-mixed.txt': [4, 2],
  'jest-skip.txt': [0, 0],
  'jest-nomatch.txt': [0, 0],
  'jest-empty.txt': [0, 0],
  'jest-broken.txt': [0, 0],
  'jest-passnone.txt': [0, 0],
  'pytest-pass.txt': [2, 0],
  'pytest-fail.txt': [3, 2],
  'pytest-skip.txt': [0, 0],
  'pytest-none.txt': [0, 0],
  'pytest-error.txt': [1, 1],
  'pytest-xfail.txt': [2, 0],
  'pytest-quiet-pass.txt': [2, 0],
  'pytest-quiet-fail.txt': [3, 2],
  'pytest-quiet-skip.txt': [0, 0],
  'pytest-quiet-none.txt': [0, 0],
  'pytest-quiet-error.txt': [1, 1],
  'pytest-quiet-xfail.txt': [2, 0],
  'go-pass.txt': [1, 0],
  'go-fail.txt': [1, 1],
  'go-none.txt': [0, 0],
  'go-norun.txt': [0, 0],
  'go-skip.txt': [1, 0],
  'go-broken.txt': [1, 1],
  'go-v-pass.txt': [3, 0],
  'go-v-fail.txt': [2, 1],
  'go-v-norun.txt': [0, 0],
  'go-v-skip.txt': [0, 0],
  'go-v-broken.txt': [1, 1],
  'go-json-pass.txt': [3, 0],
  'go-json-fail.txt': [2, 1],
  'go-json-none.txt': [0, 0],
  'go-json-norun.txt': [0, 0],
  'go-json-skip.txt': [0, 0],
  'go-json-broken.txt': [1, 1],
  'tap-node-pass.txt': [2, 0],
  'tap-node-fail.txt': [2, 1],
  'tap-node-skip.txt': [0, 0],
  'tap-node-empty.txt': [0, 0],
  'tap-node-nomatch.txt': [0, 0],
  'tap-node-none.txt': [0, 0],
  'tap-perl-pass.txt': [1, 0],
  'tap-perl-fail.txt': [3, 1],
  'tap-perl-short.txt': [3, 2],
  'tap-perl-bail.txt': [3, 2],
  'tap-skipall.txt': [0, 0],
  'tap-mocha-fail.txt': [2, 1],
  'tap-vitest-pass.txt': [2, 0],
  'tap-vitest-nested.txt': [4, 0],
  'tap-vitest-fail.txt': [2, 1],
  'tap-vitest-skip.txt': [0, 0],
  'tap-vitest-broken.txt': [1, 1],
  'junit-vitest-fail.xml': [2, 1],
  'junit-node-pass.xml': [2, 0],
  'junit-node-fail.xml': [2, 1],
  'junit-node-skip.xml': [0, 0],
  'junit-node-empty.xml': [0, 0],
  'junit-mocha-fail.xml': [2, 1],
  'junit-pytest-pass.xml': [2, 0],
  'junit-pytest-fail.xml': [3, 2],
  'junit-pytest-skip.xml': [0, 0],
  'junit-pytest-none.xml': [0, 0],
  'junit-pytest-error.xml': [1, 1],
  'junit-pytest-xfail.xml': [1, 0],
};

describe('the parsers of test summaries', () => {
  it('have an expectation for everything that was recorded', () => {
    expect(Object.keys(SAID).toSorted()).toEqual(readdirSync(RECORDED).toSorted());
  });

  it.each(Object.entries(SAID))('count the tests in %s as %j', (file, counts) => {
    const [tool = ''] = file.split('-');
    const output = stripVTControlCharacters(readFileSync(join(RECORDED, file), 'utf8'));
    const found = PARSERS[tool as GateParserName](output);
    expect(found && [found.ran, found.failed]).toEqual(counts);
  });

  it.each(GATE_PARSERS)('%s finds no summary where there is none', (name) => {
    for (const output of [
      '',
      'all good\n',
      'Tests are nice\nok then\n{"a": 1}\n',
      '<html></html>',
    ]) {
      expect(PARSERS[name](output)).toBeNull();
    }
  });

  it.each(GATE_PARSERS)('%s reads a megabyte of anything in a moment', (name) => {
    const began = performance.now();
    for (const piece of [
      '<testcase ',
      '<testcase name="',
      ' ',
      '=',
      'ok 1 # ',
      '1 failed ',
      '<!--',
      '{"',
    ]) {
      PARSERS[name](`<testsuite>\nTAP version 13\n${piece.repeat(500_000 / piece.length)}`);
      PARSERS[name](`<testsuite>\nTAP version 13\n${`${piece}\n`.repeat(100_000 / piece.length)}`);
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('take the last summary: what a test prints comes before it', () => {
    const printed = ' Tests  99 passed (99)\n';
    const real = ' Test Files  1 failed (1)\n      Tests  1 failed (1)\n';
    expect(PARSERS.vitest(printed + real)).toEqual({ ran: 1, failed: 1 });
  });

  it('are not told by what a TAP diagnostic holds', () => {
    const output =
      'TAP version 13\nnot ok 1 - a\n  ---\n  stack: |-\nok 2 - b\nok 3 - c\n  ...\n1..1\n';
    expect(PARSERS.tap(output)).toEqual({ ran: 1, failed: 1 });
  });

  it('take a TAP stream that was cut for one that failed', () => {
    expect(PARSERS.tap('TAP version 13\nok 1 - a\n')).toEqual({ ran: 2, failed: 1 });
  });
});
