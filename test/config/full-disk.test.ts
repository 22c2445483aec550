import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../stores/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('programs/set-on-full-disk.ts', import.meta.url));
const canUnshare = onSmallDisk(tmpdir(), 'true').status === 0;

describe.skipIf(!canUnshare)("the user's configuration on a full disk", () => {
  it.each(['', '5'].flatMap((former) => [0, 1, 2, 4].map((pages) => ({ former, pages }))))(
    'is as it was, and can be read: former "$former", $pages pages left',
    ({ former, pages }) => {
      const disk = temporaryFolder();
      const words = [process.execPath, PROGRAM, disk, former, String(pages)];
      const told = onSmallDisk(disk, ...words);
      expect(told.stderr).toBe('');
      expect(JSON.parse(told.stdout)).toMatchObject({
        error: { code: 153, message: expect.stringContaining('It is as it was.') },
        values: former === '' ? {} : { interval: former },
      });
    },
  );
});

/** Mounted for this command alone: nobody else sees the disk. */
function onSmallDisk(directory: string, ...command: readonly string[]) {
  const script = 'mount -t tmpfs -o size=256k tmpfs "$0" && exec "$@"';
  const words = ['-rm', 'sh', '-c', script, directory, ...command];
  return spawnSync('unshare', words, { encoding: 'utf8' });
}
