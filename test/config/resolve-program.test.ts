import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveProgram } from '../../src/config/resolve-program.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

it.each([
  ['a name, from the first folder on PATH that has it', 'tool', 'one/tool'],
  ['a name, past what cannot be executed', 'plain', 'two/plain'],
  ['a name, past a folder of that name', 'folder', 'two/folder'],
  ['a relative path, from where one stands', './one/tool', 'one/tool'],
  ['a path through a link', 'one/link', 'one/link'],
])('finds %s', (_, file, found) => {
  const cwd = programs();
  const environment = { PATH: `${cwd}/none:one:${cwd}/two` };
  expect(resolveProgram(file, { environment, cwd })).toBe(join(cwd, found));
});

it.each(['', 'nothing', './nothing', './one/plain', './one', './one/dangling', '../tool'])(
  'finds nothing for %j',
  (file) => {
    const cwd = programs();
    expect(resolveProgram(file, { environment: { PATH: `${cwd}/one` }, cwd })).toBeNull();
  },
);

it('takes an empty entry of PATH for where one stands, and no PATH for the usual folders', () => {
  const cwd = join(programs(), 'one');
  expect(resolveProgram('tool', { environment: { PATH: '' }, cwd })).toBe(join(cwd, 'tool'));
  expect(resolveProgram('tool', { environment: {}, cwd })).toBeNull();
  expect(resolveProgram('sh', { environment: {}, cwd })).toMatch(/\/bin\/sh$/);
});

/** `one/plain` cannot be executed, `one/folder` is none; `two` has good ones of both names. */
function programs(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'one/folder'), { recursive: true });
  mkdirSync(join(root, 'two'));
  for (const file of ['one/tool', 'one/plain', 'two/tool', 'two/plain', 'two/folder']) {
    writeFileSync(join(root, file), '#!/bin/sh\n');
    chmodSync(join(root, file), file === 'one/plain' ? 0o644 : 0o755);
  }
  symlinkSync('tool', join(root, 'one/link'));
  symlinkSync('gone', join(root, 'one/dangling'));
  return root;
}
