import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { dataPaths, type DataPaths } from '../../src/stores/data-paths.ts';
import { openDataDirectory } from '../../src/stores/data-directory.ts';
import { programFile, startProgramAs } from './program.ts';
import { canMount, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { KEY, WRITERS, attempts } from './writers.ts';

const NOBODY = 65_534;
const canRunAsNobody =
  process.geteuid?.() === 0 &&
  spawnSync(process.execPath, [programFile('create-once')], { uid: NOBODY, gid: NOBODY }).error ===
    undefined;

interface Told {
  readonly name: string;
  readonly file: string;
  readonly error: { readonly code: number; readonly message: string; readonly fix: string } | null;
}

describe('every writer that is denied', () => {
  test.runIf(canRunAsNobody)('its folder says so with 155, the path and a fix', async () => {
    const folder = temporaryFolder();
    prepare(folder);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      chownSync(path, NOBODY, NOBODY);
      chmodSync(path, entry.isDirectory() ? 0o500 : 0o400);
    }
    chownSync(folder, NOBODY, NOBODY);
    chmodSync(folder, 0o500);
    const told = await startProgramAs(NOBODY, 'write-everything', folder).says();
    expectDenied(JSON.parse(told), 'permission denied (EACCES)');
  });

  test.skipIf(!canMount)('its disk says so with 155, the path and a fix', () => {
    const disk = smallDisk('2m');
    prepare(disk);
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [programFile('write-everything'), disk],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    expectDenied(JSON.parse(stdout), 'its file system is read-only (EROFS)');
  });
});

function expectDenied(told: readonly Told[], why: string): void {
  expect(told).toHaveLength(WRITERS.length);
  for (const { name, file, error } of told) {
    expect(error, name).toMatchObject({
      code: EXIT.access,
      message: expect.stringContaining(why),
      fix: expect.stringContaining('ls -ld'),
    });
    expect(error?.message, name).toContain(file);
  }
}

/** A data folder with one of everything. */
function prepare(directory: string): DataPaths {
  const paths = dataPaths(directory);
  mkdirSync(paths.notes, { mode: 0o700 });
  openDataDirectory(directory);
  attempts(paths).directory(KEY);
  WRITERS.forEach(({ write }) => write(paths, 1));
  return paths;
}
