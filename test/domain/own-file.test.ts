import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { ownFile } from '../../src/domain/own-file.ts';

test('a file of autoloop that is missing is told with what mends it, however it is loaded', async () => {
  const told = {
    name: 'AutoloopError',
    code: EXIT.access,
    message: expect.stringContaining('execa.cjs'),
    fix: expect.stringContaining('npm ci'),
  };
  const file = join(folder(), 'execa.cjs');
  await expect(ownFile(async () => createRequire(file)(file))).rejects.toMatchObject(told);
  await expect(ownFile(() => import(/* @vite-ignore */ file))).rejects.toMatchObject(told);
});

test('what such a file throws is no missing file', async () => {
  const file = join(folder(), 'broken.cjs');
  writeFileSync(file, 'throw new Error("broken");');
  await expect(ownFile(async () => createRequire(file)(file))).rejects.toThrow(/^broken$/);
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'autoloop-own-file-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}
