import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { controlSocketPath } from '../../src/stores/control-socket-path.ts';
import { openDataDirectory } from '../../src/stores/data-directory.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('openDataDirectory', () => {
  test('creates the folder, private and hidden from git, with nothing else in it', () => {
    const path = join(temporaryFolder(), 'data', 'demo');
    const paths = openDataDirectory(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readFileSync(paths.ignore, 'utf8')).toBe('*\n');
    expect(readdirSync(path)).toEqual(['.gitignore']);
    expect(paths.formerSnapshot).toBe(join(path, 'snapshot.prev.json'));
  });

  test('leaves what it finds, an ignore file of the user included', () => {
    const path = temporaryFolder();
    writeFileSync(join(path, '.gitignore'), '!keep\n');
    writeFileSync(join(path, 'snapshot.json'), 'precious');
    const paths = openDataDirectory(path);
    expect(readFileSync(paths.ignore, 'utf8')).toBe('!keep\n');
    expect(readFileSync(paths.snapshot, 'utf8')).toBe('precious');
  });

  test('follows a link to a folder elsewhere', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'demo'));
    const { directory } = openDataDirectory(join(folder, 'demo'));
    expect([directory, lstatSync(join(folder, 'demo')).isSymbolicLink()]).toEqual([
      join(folder, 'elsewhere'),
      true,
    ]);
  });

  test('refuses a path that is a file with 155', () => {
    const path = join(temporaryFolder(), 'demo');
    writeFileSync(path, '');
    expect(() => openDataDirectory(path)).toThrow(
      expect.objectContaining({
        code: EXIT.access,
        message: expect.stringContaining(path),
        fix: expect.any(String),
      }),
    );
  });

  test.skipIf(!canMount)('refuses a full disk with 153', () => {
    const disk = smallDisk();
    fillDisk(disk);
    expect(() => openDataDirectory(join(disk, 'demo'))).toThrow(
      expect.objectContaining({ code: EXIT.resourceExhausted }),
    );
  });
});

describe('controlSocketPath', () => {
  const deepFolder = (): string => {
    const path = join(temporaryFolder(), 'a'.repeat(50), 'b'.repeat(50));
    mkdirSync(path, { recursive: true });
    return path;
  };

  test('lies in the data folder where that is short enough', () => {
    const directory = temporaryFolder();
    expect(controlSocketPath({ directory, runtimeDirectory: '/run/user/0' })).toBe(
      join(directory, 'control.sock'),
    );
  });

  test('lies in the runtime folder otherwise, private, another one for each loop, and can be listened on', async () => {
    const runtimeDirectory = temporaryFolder();
    const [one, two] = [deepFolder(), deepFolder()].map((directory) =>
      controlSocketPath({ directory, runtimeDirectory }),
    );
    expect(one).toMatch(/\/autoloop\/[0-9a-f]{16}\.sock$/);
    expect(one).not.toBe(two);
    expect(statSync(join(runtimeDirectory, 'autoloop')).mode & 0o777).toBe(0o700);
    const server = createServer().listen(one);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
  });

  test("lies in the user's own temporary folder where there is no runtime folder, or none short enough", () => {
    vi.stubEnv('TMPDIR', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const runtimeDirectory of [null, deepFolder()]) {
      expect(controlSocketPath({ directory: deepFolder(), runtimeDirectory })).toMatch(
        new RegExp(`/autoloop-${process.geteuid?.()}/[0-9a-f]{16}\\.sock$`),
      );
    }
  });

  test('refuses a folder that somebody else prepared as a link', () => {
    const runtimeDirectory = temporaryFolder();
    const trap = temporaryFolder();
    chmodSync(trap, 0o755);
    symlinkSync(trap, join(runtimeDirectory, 'autoloop'));
    expect(() => controlSocketPath({ directory: deepFolder(), runtimeDirectory })).toThrow(
      expect.objectContaining({ code: EXIT.access }),
    );
    expect(statSync(trap).mode & 0o777).toBe(0o755);
  });
});
