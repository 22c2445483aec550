import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { createLog } from '../../src/log/create-log.ts';
import { askLoop } from '../../src/runner/control-client.ts';
import { ControlServer } from '../../src/runner/control-server.ts';
import { neverRun } from '../../src/runner/never-run.ts';
import { TamperGuard } from '../../src/runner/tamper-guard.ts';
import { InMemoryLoopLock } from '../fakes/in-memory-loop-lock.ts';

describe('the guard of the data folder', () => {
  it('tells of several files in one warning, and of each once in an iteration', () => {
    const guarded = useGuard();
    guarded.wrong = { 'a.json': 'was deleted', 'b.json': 'was changed' };
    guarded.guard.look();
    guarded.guard.look();
    guarded.wrong = { 'b.json': 'was changed', 'c.json': 'was deleted' };
    guarded.guard.look();
    guarded.iteration = 2;
    guarded.guard.look();
    expect(guarded.warnings.map((words) => words.replace(/.*files: /, ''))).toEqual([
      'a.json was deleted; b.json was changed',
      'c.json was deleted',
      'b.json was changed; c.json was deleted',
    ]);
  });

  it('mends without a word until it may tell', () => {
    const guarded = useGuard();
    guarded.wrong = { 'a.json': 'was deleted' };
    guarded.guard.mend();
    expect(guarded.warnings).toEqual([]);
    guarded.wrong = {};
    guarded.guard.tell();
    expect(guarded.warnings).toHaveLength(1);
  });

  it('touches nothing where another runner may own the loop', async () => {
    const guarded = useGuard();
    await guarded.lock.acquire();
    guarded.lock.lose();
    guarded.wrong = { 'a.json': 'was deleted' };
    expect(() => guarded.guard.look()).toThrow(expect.objectContaining({ code: EXIT.lockHeld }));
    expect([guarded.mended, guarded.warnings]).toEqual([[], []]);
  });
});

describe('what a runner mends', () => {
  it.each([
    ['deleted', (path: string) => rmSync(path)],
    ['moved', (path: string) => renameSync(path, `${path}.old`)],
    ['deleted with its folder', (path: string) => rmSync(join(path, '..'), { recursive: true })],
  ])(
    'is its control socket, so that a loop whose socket was %s is heard again',
    async (_, take) => {
      const path = join(useFolder(), 'control.sock');
      const status = neverRun({ loop: 'demo', task: 'demo', dataDirectory: '/demo' }, 42);
      const server = new ControlServer({
        status: () => status,
        steer: () => {},
        rotate: () => [],
        prune: () => [],
        admit: () => {},
        dismiss: () => {},
      });
      onTestFinished(() => server.close());
      await server.listen(path);
      expect(server.mend()).toBeNull();
      take(path);
      expect(await askLoop(path, { command: 'status' })).toBeNull();
      expect(server.mend()).toContain('listened on again');
      expect(await askLoop(path, { command: 'status' })).toMatchObject({ ok: true });
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(server.mend()).toBeNull();
    },
  );

  it('is its log, which is begun anew where it was taken away', () => {
    const path = join(useFolder(), 'loop.log');
    const log = createLog({ path, loop: 'demo', redact: (text) => text });
    onTestFinished(() => log.close());
    log.info({}, 'before');
    expect(log.mend()).toBeNull();
    rmSync(path);
    expect(log.mend()).toContain('begun anew');
    log.info({}, 'after');
    expect(readFileSync(path, 'utf8')).toContain('after');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

function useGuard() {
  const lock = new InMemoryLoopLock('demo');
  void lock.acquire();
  const facts = {
    lock,
    iteration: 1,
    wrong: {} as Readonly<Record<string, string>>,
    mended: [] as string[],
    warnings: [] as string[],
  };
  const guard = new TamperGuard({
    lock,
    folder: { name: 'its folder', mend: () => null },
    mendSnapshots: () => new Map(),
    files: () =>
      Object.entries(facts.wrong).map(([name, wrong]) => ({
        name,
        mend: () => {
          facts.mended.push(name);
          return wrong;
        },
      })),
    iteration: () => facts.iteration,
    warn: (message) => facts.warnings.push(message),
  });
  return Object.assign(facts, { guard });
}

function useFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autoloop-guard-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
