import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownerHere, readOwner, removeOwnOwner, writeOwner } from '../../src/stores/owner-file.ts';
import { readPid, removeOwnPid, writeOwnPid } from '../../src/stores/pid-file.ts';
import { isAlive } from '../../src/stores/process-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

const FACTS = { since: '2026-01-01T10:12:00.000Z', version: '0.1.0', socket: '/run/control.sock' };

describe('owner file', () => {
  test('names this process, so that it can be found alive', () => {
    const path = join(temporaryFolder(), 'loop.owner.json');
    writeOwner(path, ownerHere(FACTS));
    const owner = readOwner(path);
    expect(owner).toMatchObject({ ...FACTS, pid: process.pid, hostname: expect.any(String) });
    expect(owner && isAlive(owner)).toBe(true);
  });

  test.each(['', '{', '[]', '{"pid":1}'])('is no owner when it holds %j', (text) => {
    const path = join(temporaryFolder(), 'loop.owner.json');
    writeFileSync(path, text);
    expect(readOwner(path)).toBeNull();
  });

  test('is removed by the process it names, not by another', () => {
    const path = join(temporaryFolder(), 'loop.owner.json');
    writeOwner(path, { ...ownerHere(FACTS), startTicks: '1' });
    removeOwnOwner(path);
    expect(readOwner(path)).not.toBeNull();
    writeOwner(path, ownerHere(FACTS));
    removeOwnOwner(path);
    removeOwnOwner(path);
    expect(readOwner(path)).toBeNull();
  });
});

describe('pid file', () => {
  test('holds the pid and a newline', () => {
    const path = join(temporaryFolder(), 'loop.pid');
    writeOwnPid(path);
    expect(readFileSync(path, 'utf8')).toBe(`${process.pid}\n`);
    expect(readPid(path)).toBe(process.pid);
  });

  test.each(['', 'x', '0\n', '-1\n'])('holds no pid in %j', (text) => {
    const path = join(temporaryFolder(), 'loop.pid');
    writeFileSync(path, text);
    expect(readPid(path)).toBeNull();
  });

  test('is removed by its process, not by another', () => {
    const path = join(temporaryFolder(), 'loop.pid');
    writeFileSync(path, '1\n');
    removeOwnPid(path);
    expect(readPid(path)).toBe(1);
    writeOwnPid(path);
    removeOwnPid(path);
    removeOwnPid(path);
    expect(readPid(path)).toBeNull();
  });
});
