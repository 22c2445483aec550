import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { dataPaths } from '../../src/stores/data-paths.ts';
import { openExclusively } from '../../src/stores/exclusive-database.ts';
import { guardName } from '../../src/stores/guard-socket.ts';
import { ownerHere, writeOwner } from '../../src/stores/owner-file.ts';
import { identityOf } from '../../src/stores/process-identity.ts';
import { SqliteLoopLock } from '../../src/stores/sqlite-loop-lock.ts';
import { InMemoryLoopLock } from '../fakes/in-memory-loop-lock.ts';
import { keepsTheLoopLockContract } from './contracts/loop-lock.ts';
import { programFile, startProgram, startProgramAs } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';

const lockOf = (directory: string): SqliteLoopLock => {
  const { lock, owner } = dataPaths(directory);
  return new SqliteLoopLock({
    name: 'demo',
    lock,
    owner,
    command: (name) => `autoloop ${name} --task demo`,
  });
};

/** A lock in this process that is given back when the test is over. */
const tidiedLockOf = (directory: string): SqliteLoopLock => {
  const lock = lockOf(directory);
  onTestFinished(() => lock.release());
  return lock;
};

const refusal = (message: string): string =>
  JSON.stringify({ code: EXIT.lockHeld, message, fix: 'Stop it: autoloop stop --task demo' });

const NOBODY = 65_534;
const canRunAsNobody =
  process.geteuid?.() === 0 &&
  spawnSync(process.execPath, ['--check', programFile('hold-lock')], { uid: NOBODY }).status === 0;

const isLinux = process.platform === 'linux';

describe('SqliteLoopLock', () => {
  keepsTheLoopLockContract(() => {
    const folder = temporaryFolder();
    return [lockOf(folder), lockOf(folder)];
  });

  test('leaves a file for its user alone, and no journal', async () => {
    const folder = temporaryFolder();
    await tidiedLockOf(folder).acquire();
    expect(readdirSync(folder)).toEqual(['loop.lock']);
    expect(statSync(join(folder, 'loop.lock')).mode & 0o777).toBe(0o600);
  });

  test('of twenty processes started at once exactly one gets it', async () => {
    const folder = temporaryFolder();
    const programs = Array.from({ length: 20 }, () => startProgram('hold-lock', folder));
    const answers = await Promise.all(programs.map((program) => program.says()));
    const winner = programs[answers.indexOf('held')];
    const losers = answers.filter((answer) => answer !== 'held');
    expect(losers).toHaveLength(19);
    expect(new Set(losers.map((answer) => JSON.parse(answer).code))).toEqual(
      new Set([EXIT.lockHeld]),
    );
    if (isLinux) {
      expect(new Set(losers)).toEqual(
        new Set([refusal(`Loop "demo" is already running (pid ${winner?.pid}).`)]),
      );
    }
  });

  test('names its owner and since when, and the command that stops him', async () => {
    const folder = temporaryFolder();
    const holder = startProgram('hold-lock', folder, 'owner');
    expect(await holder.says()).toBe('held');
    const clock = new Date().toTimeString().slice(0, 5);
    await expect(tidiedLockOf(folder).acquire()).rejects.toMatchObject({
      code: EXIT.lockHeld,
      message: `Loop "demo" is already running (pid ${holder.pid}, since ${clock}).`,
      fix: 'Stop it: autoloop stop --task demo',
    });
  });

  test('a holder stopped by SIGSTOP still owns it', async () => {
    const folder = temporaryFolder();
    const holder = startProgram('hold-lock', folder, 'owner');
    await holder.says();
    holder.signal('SIGSTOP');
    await expect(tidiedLockOf(folder).acquire()).rejects.toMatchObject({ code: EXIT.lockHeld });
  });

  test('is free at once when its holder was killed, whatever his files say', async () => {
    const folder = temporaryFolder();
    const holder = startProgram('hold-lock', folder, 'owner');
    await holder.says();
    await holder.kill();
    const lock = tidiedLockOf(folder);
    await lock.acquire();
    expect(lock.isHeld()).toBe(true);
  });

  test('is free when its holder was killed though a child of his lives on', async () => {
    const folder = temporaryFolder();
    const holder = startProgram('hold-lock', folder, 'child');
    await holder.says();
    const child = Number(await holder.says());
    onTestFinished(() => void process.kill(child, 'SIGKILL'));
    await holder.kill();
    await tidiedLockOf(folder).acquire();
    expect(identityOf(child)).not.toBeNull();
  });

  test('does not keep its process alive', async () => {
    const program = startProgram('take-lock-and-end', temporaryFolder());
    expect(await program.says()).toBe('held');
    expect(await program.exited).toEqual([0, null]);
  });

  test('is not lost to the garbage collector', async () => {
    const folder = temporaryFolder();
    const holder = startProgram('forget-lock', folder);
    expect(await holder.says()).toBe('collected');
    expect(openExclusively(dataPaths(folder).lock)).toBeNull();
  });

  test.each([
    ['deleted', (path: string) => rmSync(path)],
    [
      'replaced',
      (path: string) => {
        renameSync(path, `${path}.old`);
        writeFileSync(path, '');
      },
    ],
  ])(
    'knows that it is lost when its file was %s, and is held again by nobody',
    async (_, disturb) => {
      const folder = temporaryFolder();
      const lock = tidiedLockOf(folder);
      await lock.acquire();
      disturb(join(folder, 'loop.lock'));
      expect(lock.isHeld()).toBe(false);
    },
  );

  test.runIf(isLinux)('a second process is refused though the file was deleted', async () => {
    const folder = temporaryFolder();
    const holder = startProgram('hold-lock', folder);
    await holder.says();
    rmSync(join(folder, 'loop.lock'));
    expect(await startProgram('hold-lock', folder).says()).toBe(
      refusal(`Loop "demo" is already running (pid ${holder.pid}).`),
    );
  });

  test.runIf(isLinux)(
    'a second process is refused though the whole folder was deleted and made anew',
    async () => {
      const folder = join(temporaryFolder(), 'demo');
      mkdirSync(folder);
      const holder = startProgram('hold-lock', folder, 'owner');
      await holder.says();
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      expect(await startProgram('hold-lock', folder).says()).toBe(
        refusal(`Loop "demo" is already running (pid ${holder.pid}).`),
      );
    },
  );

  test.runIf(isLinux).each([
    ['deleted', (path: string) => rmSync(path), 'was deleted'],
    [
      'replaced',
      (path: string) => {
        rmSync(path);
        writeFileSync(path, 'no database at all, '.repeat(100));
      },
      'was replaced or written into',
    ],
    ['written into', (path: string) => writeFileSync(path, 'x'), 'was replaced or written into'],
    [
      'replaced by a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
      'was replaced or written into',
    ],
  ])('takes its file anew where it was %s, and keeps others out', async (_, disturb, told) => {
    const folder = temporaryFolder();
    const path = join(folder, 'loop.lock');
    const lock = tidiedLockOf(folder);
    await lock.acquire();
    expect(lock.mend()).toBeNull();
    disturb(path);
    expect(lock.isOurs()).toBe(true);
    expect(lock.mend()).toBe(`${told}, and locked anew`);
    expect([lock.isHeld(), lock.mend()]).toEqual([true, null]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await startProgram('try-lock-file', path).says()).toBe('refused');
    lock.release();
    expect(await startProgram('try-lock-file', path).says()).toBe('taken');
  });

  test.runIf(isLinux)('is lost where another process has locked the new file', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'loop.lock');
    const lock = tidiedLockOf(folder);
    await lock.acquire();
    rmSync(path);
    const other = startProgram('try-lock-file', path);
    expect(await other.says()).toBe('taken');
    expect(() => lock.mend()).toThrow(expect.objectContaining({ code: EXIT.lockHeld }));
  });

  test('is lost with its file where nothing else guards it', async () => {
    const folder = temporaryFolder();
    const platform = Object.getOwnPropertyDescriptor(process, 'platform');
    onTestFinished(() => void Object.defineProperty(process, 'platform', platform ?? {}));
    Object.defineProperty(process, 'platform', { value: 'freebsd' });
    const lock = tidiedLockOf(folder);
    await lock.acquire();
    expect([lock.isOurs(), lock.mend()]).toEqual([true, null]);
    rmSync(join(folder, 'loop.lock'));
    expect(lock.isOurs()).toBe(false);
    expect(() => lock.mend()).toThrow(expect.objectContaining({ code: EXIT.lockHeld }));
  });

  test('a living owner refuses even without his locks', async () => {
    const folder = temporaryFolder();
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const facts = { since: '2020-01-02T10:12:00.000Z', version: '0.0.0', socket: '' };
    const identity = identityOf(child.pid ?? 0);
    writeOwner(dataPaths(folder).owner, { ...ownerHere(facts), ...identity });
    await expect(tidiedLockOf(folder).acquire()).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Loop "demo" is already running \(pid \d+, since 2020-01-0\d \d\d:\d\d\)\.$/,
      ),
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await tidiedLockOf(folder).acquire();
  });

  test('an owner of another pid namespace is not judged by his pid', async () => {
    const folder = temporaryFolder();
    const parent = identityOf(process.ppid);
    const facts = { since: '2020-01-02T10:12:00.000Z', version: '0.0.0', socket: '' };
    writeOwner(dataPaths(folder).owner, {
      ...ownerHere(facts),
      ...parent,
      pidNamespace: 'pid:[1]',
    });
    const lock = tidiedLockOf(folder);
    await lock.acquire();
    expect(lock.isHeld()).toBe(true);
  });

  test.runIf(isLinux)(
    'is refused while somebody has the socket, the file untouched by a lock',
    async () => {
      const folder = temporaryFolder();
      const server = createServer().listen(guardName(folder));
      onTestFinished(() => void server.close());
      await once(server, 'listening');
      expect(JSON.parse(await startProgram('hold-lock', folder).says())).toMatchObject({
        code: EXIT.lockHeld,
        message: `Loop "demo" is already running (pid ${process.pid}).`,
      });
    },
  );

  test('refuses a folder that is not there, or no folder, with 155 and the path', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const name of ['gone', 'file']) {
      await expect(lockOf(join(folder, name)).acquire()).rejects.toMatchObject({
        code: EXIT.access,
        message: expect.stringContaining(join(folder, name, 'loop.lock')),
        fix: expect.any(String),
      });
    }
  });

  test('refuses a lock that is a folder with 155', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'loop.lock'));
    await expect(lockOf(folder).acquire()).rejects.toMatchObject({ code: EXIT.access });
  });

  test('refuses a lock that something else was written into with 156, and leaves it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'loop.lock');
    writeFileSync(path, 'no database at all, '.repeat(100));
    await expect(lockOf(folder).acquire()).rejects.toMatchObject({
      code: EXIT.state,
      fix: expect.stringContaining(path),
    });
    expect(statSync(path).size).toBe(2_000);
  });

  test.runIf(process.geteuid?.() === 0)("refuses another user's lock with 155", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'loop.lock'), '');
    chownSync(join(folder, 'loop.lock'), 12_345, 12_345);
    await expect(lockOf(folder).acquire()).rejects.toMatchObject({
      code: EXIT.access,
      message: expect.stringContaining('it belongs to user 12345'),
    });
  });

  test.runIf(canRunAsNobody)(
    'refuses an ordinary user a read-only folder or lock with 155',
    async () => {
      const folder = temporaryFolder();
      const path = join(folder, 'loop.lock');
      const told = async (): Promise<unknown> =>
        JSON.parse(await startProgramAs(NOBODY, 'hold-lock', folder).says());
      const refused = {
        code: EXIT.access,
        message: `Cannot lock ${path}: permission denied (EACCES).`,
      };
      chmodSync(folder, 0o755);
      expect(await told()).toMatchObject(refused);
      expect(existsSync(path)).toBe(false);
      chownSync(folder, NOBODY, NOBODY);
      writeFileSync(path, '');
      chownSync(path, NOBODY, NOBODY);
      chmodSync(path, 0o444);
      expect(await told()).toMatchObject(refused);
    },
  );
});

describe('InMemoryLoopLock', () => {
  keepsTheLoopLockContract(() => {
    const held = new Map<string, InMemoryLoopLock>();
    return [new InMemoryLoopLock('demo', held), new InMemoryLoopLock('demo', held)];
  });
});
