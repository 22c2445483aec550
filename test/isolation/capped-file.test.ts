import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CappedFile } from '../../src/isolation/capped-file.ts';
import { IsolationLayer, orderFor, program } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

describe('a file of which head and tail are kept', () => {
  it('holds all that fits', () => {
    const path = newPath();
    const file = new CappedFile(path, 1_000);
    writeLines(file, 1, 20);
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(lines(1, 20));
  });

  it('holds all, in order, where only its second half is needed', () => {
    const path = newPath();
    const file = new CappedFile(path, 1_000);
    writeLines(file, 1, 70);
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(lines(1, 70));
    expect(left(path)).toEqual([false, false]);
  });

  it('leaves out the middle, whole lines of it, and says how much that was', () => {
    const path = newPath();
    const file = new CappedFile(path, 1_000);
    writeLines(file, 1, 5_000);
    file.close();
    const text = readFileSync(path, 'utf8');
    const [, head = '', omitted, tail = ''] =
      /^(.*\n)\[autoloop: (\d+) bytes were left out here\]\n(.*)$/s.exec(text) ?? [];
    const [first, last] = [head.trim().split('\n'), tail.trim().split('\n')];
    expect(head).toBe(lines(1, first.length));
    expect(tail).toBe(lines(5_001 - last.length, 5_000));
    expect(Number(omitted)).toBe(lines(1, 5_000).length - head.length - tail.length);
    expect(head.length + tail.length).toBeLessThanOrEqual(1_000);
    expect(tail.length).toBeGreaterThanOrEqual(250 - 10);
  });

  it('refuses a FIFO in the place of its tail, which nobody may ever read', () => {
    const path = newPath();
    const file = new CappedFile(path, 1_000);
    execFileSync('mkfifo', [`${path}.tail-1`]);
    expect(() => writeLines(file, 1, 500)).toThrow('EFTYPE');
    file.close();
  });

  it('only ever grows, so that who follows it misses nothing of it', () => {
    const path = newPath();
    const file = new CappedFile(path, 1_000);
    let seen = '';
    for (let from = 1; from < 500; from += 10) {
      writeLines(file, from, from + 9);
      const now = readFileSync(path, 'utf8');
      expect(now.startsWith(seen)).toBe(true);
      seen = now;
    }
    file.close();
    expect(readFileSync(path, 'utf8').startsWith(seen)).toBe(true);
  });

  it('gets behind it what a killed process had left beside it', () => {
    const path = newPath();
    writeFileSync(path, 'head\n');
    writeFileSync(`${path}.tail-2`, 'tail\n');
    const file = new CappedFile(path, 1_000);
    file.write(Buffer.from('next attempt\n'));
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(
      'head\n[autoloop: some output was left out here]\ntail\nnext attempt\n',
    );
    expect(left(path)).toEqual([false, false]);
  });

  it('begins a line of its own behind a head that ends within one', () => {
    const path = newPath();
    const file = new CappedFile(path, 100);
    file.write(Buffer.from('x'.repeat(50)));
    for (let part = 0; part < 10; part += 1) {
      file.write(Buffer.from('y'.repeat(20)));
    }
    file.close();
    expect(readFileSync(path, 'utf8')).toMatch(/^x{50}\n\[autoloop: 160 bytes .*\]\ny{40}$/);
  });
});

it('is what the output of an attempt is kept in, whatever it prints', async () => {
  const order = orderFor(temporaryRoot(), program('hostile/prints-numbers.sh'), {
    args: ['500000'],
    logMaxBytes: 1_000_000,
  });
  const layer = new IsolationLayer(order);
  const result = await layer.ended();
  expect(result).toMatchObject({ outcome: 'succeeded', outputBytes: 3_388_895 });
  expect(result.finalMessage).toContain('500000');
  expect(layer.logBytes.length).toBeLessThan(1_001_000);
  expect(layer.log).toMatch(/^1\n2\n3\n/);
  expect(layer.log).toMatch(/\n499999\n500000\n$/);
  expect(layer.log).toMatch(/\n\[autoloop: \d+ bytes were left out here\]\n/);
});

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'autoloop-capped-')), '000001.log');
}

function writeLines(file: CappedFile, from: number, to: number): void {
  for (let number = from; number <= to; number += 1) {
    file.write(Buffer.from(`line ${number}\n`));
  }
}

function lines(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');
}

function left(path: string): boolean[] {
  return [`${path}.tail-1`, `${path}.tail-2`].map((tail) => existsSync(tail));
}
