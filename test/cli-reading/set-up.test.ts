import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFinding, platformFinding } from '../../src/cli/health/machine-findings.ts';
import { DataFolder } from './data-folder.ts';
import { treeHash } from './tree-hash.ts';
import { folder, useCommand } from './use-command.ts';

describe('init', () => {
  it('sets up a task, its prompt and .gitignore, with which dry-run and health work', async () => {
    const cwd = folder();
    const { code, out } = await useCommand('init', { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/created +\.autoloop\/tasks\/improve\/task\.mjs/);
    expect(out.trimEnd().split('\n').slice(-2)).toEqual([
      '  autoloop dry-run',
      '  autoloop run --max 3',
    ]);
    expect(readFileSync(join(cwd, '.autoloop/.gitignore'), 'utf8')).toBe('data/\n');
    const next = await useCommand('dry-run', { cwd, globals: { json: true } });
    expect(next.code).toBe(0);
    expect(JSON.parse(next.out)).toMatchObject({
      task: 'improve',
      workspace: cwd,
      settings: { agent: { value: 'claude', source: 'task' } },
    });
    const health = await useCommand('health', { cwd, globals: { json: true } });
    const failed = JSON.parse(health.out).checks.filter(
      ({ status }: { status: string }) => status === 'fail',
    );
    expect(failed).toMatchObject([{ name: 'agent' }]);
  });

  it('never writes over anything, and says what was there', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, '.autoloop/tasks/improve'), { recursive: true });
    writeFileSync(join(cwd, '.autoloop/tasks/improve/task.ts'), 'export default {};\n');
    const { out } = await useCommand('init', { cwd });
    expect(out).toMatch(/exists, left as it is +\.autoloop\/tasks\/improve\/task\.ts/);
    expect(readFileSync(join(cwd, '.autoloop/tasks/improve/task.ts'), 'utf8')).toBe(
      'export default {};\n',
    );
    expect(existsSync(join(cwd, '.autoloop/tasks/improve/task.mjs'))).toBe(false);
    const before = treeHash(cwd);
    const again = await useCommand('init', { cwd, globals: { json: true } });
    expect(JSON.parse(again.out)).toMatchObject({ created: [], agent: null });
    expect(treeHash(cwd)).toBe(before);
  });

  it('says which loops are found by another root from now on', async () => {
    const cwd = folder();
    new DataFolder(cwd).snapshot({ running: 'working' });
    const { code, notices } = await useCommand('init', { cwd });
    expect(code).toBe(0);
    expect(notices).toMatch(
      /Loop "prompt" in data\/prompt is unfinished\. From now on it is found with --root \.\n/,
    );
    const found = await useCommand('status', { cwd, globals: { task: 'prompt', root: '.' } });
    expect(found.out).toMatch(/in the middle of a run/);
    expect((await useCommand('init', { cwd })).notices).toBe('');
  });

  it('names the task where it is not the only one', async () => {
    const cwd = folder();
    await useCommand('init', { cwd });
    const { out } = await useCommand('init', {
      cwd,
      globals: { task: 'polish' },
      options: { agent: 'command' },
    });
    expect(out).toMatch(/autoloop dry-run --task polish --agent-command/);
  });

  it.each([
    { options: { agent: 'robot' }, globals: {} },
    { options: {}, globals: { task: '../up' } },
  ])('refuses %j with 150 and creates nothing', async (call) => {
    const cwd = folder();
    expect((await useCommand('init', { cwd, ...call })).code).toBe(150);
    expect(existsSync(join(cwd, '.autoloop'))).toBe(false);
  });
});

describe('health', () => {
  it('needs no task', async () => {
    const cwd = folder();
    const { code, out } = await useCommand('health', { cwd, globals: { json: true } });
    const { ok, checks } = JSON.parse(out);
    expect([code, ok]).toEqual([0, true]);
    expect(checks.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['node', 'platform', 'data folder', 'free disk', 'task']),
    );
  });

  it('finds everything in order, writes nothing, and does not start a command', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'PROMPT.md'), 'Go.\n');
    writeFileSync(join(cwd, 'agent.sh'), '#!/bin/sh\ntouch was-started\n');
    chmodSync(join(cwd, 'agent.sh'), 0o755);
    const before = treeHash(cwd);
    const options = { agent: 'command', agentCommand: './agent.sh' };
    const { code, out } = await useCommand('health', {
      cwd,
      globals: { prompt: 'PROMPT.md' },
      options,
    });
    expect(code).toBe(0);
    expect(out).toMatch(/✓ supervision +(?:strict|base)/);
    expect(out).toMatch(/Ready\.\n$/);
    expect(treeHash(cwd)).toBe(before);
  });

  it.each([
    ['an unknown task', { task: 'nope' }, {}, /✗ task .*no task "nope"/],
    ['a missing prompt', { prompt: 'nope.md' }, {}, /✗ prompt .*nope\.md does not exist/],
    [
      'an invalid setting',
      { prompt: 'PROMPT.md' },
      { timeout: 'soon' },
      /✗ settings .*"soon"[\s\S]*Allowed:/,
    ],
    [
      'a missing agent',
      { prompt: 'PROMPT.md' },
      { agent: 'command', agentCommand: './nope.sh' },
      /✗ agent .*nope\.sh\.\s+Correct its path, or make it executable: chmod \+x \.\/nope\.sh/,
    ],
  ])('fails for %s, with the fix', async (_, globals, options, message) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'PROMPT.md'), 'Go.\n');
    const { code, out } = await useCommand('health', { cwd, globals, options, columns: 200 });
    expect(code).toBe(1);
    expect(out).toMatch(message);
    expect(out).toMatch(/Not ready: \d/);
  });

  it('says that a state is damaged, and that a run is unfinished', async () => {
    const cwd = folder();
    const data = new DataFolder(cwd);
    data.snapshot({ running: 'working' });
    const unfinished = await useCommand('health', { cwd, globals: { task: 'prompt' } });
    expect(unfinished.out).toMatch(/! state +an unfinished run[\s\S]*autoloop resume/);
    writeFileSync(data.paths.snapshot, 'nonsense');
    const damaged = await useCommand('health', { cwd, globals: { task: 'prompt' } });
    expect(damaged.out).toMatch(/✗ state +Cannot understand/);
  });

  it('knows which Node and which platforms will do', () => {
    expect(
      ['22.17.0', '22.18.0', '23.9.0', '24.10.0', '24.11.0', '26.0.0'].map(
        (version) => nodeFinding(version).status,
      ),
    ).toEqual(['fail', 'ok', 'fail', 'fail', 'ok', 'ok']);
    expect(['linux', 'darwin', 'win32'].map((name) => platformFinding(name).status)).toEqual([
      'ok',
      'warn',
      'fail',
    ]);
    expect(platformFinding('win32').fix).toMatch(/WSL/);
  });
});

describe('config', () => {
  it('keeps, tells and forgets a value', async () => {
    const cwd = folder();
    const call = (...args: string[]) => useCommand('config', { cwd, args });
    expect((await call('path')).out).toBe(`${join(cwd, '.config/autoloop/config.json')}\n`);
    expect(await call('get', 'interval')).toMatchObject({
      code: 0,
      out: '',
      notices: expect.stringContaining('default is 300'),
    });
    expect((await call('set', 'interval', '60')).code).toBe(0);
    expect((await call('get', 'interval')).out).toBe('60\n');
    expect((await call('list')).out).toMatch(/interval +60 +300/);
    expect((await call('unset', 'interval')).code).toBe(0);
    expect((await call('get', 'interval')).out).toBe('');
  });

  it('is a document as JSON', async () => {
    const cwd = folder();
    await useCommand('config', { cwd, args: ['set', 'max-turns', '9'] });
    const { out } = await useCommand('config', { cwd, globals: { json: true } });
    expect(JSON.parse(out)).toEqual({ 'max-turns': '9' });
  });

  it.each([
    [['set', 'interval', 'soon'], 150],
    [['set', 'nonsense', '1'], 150],
    [['get', 'nonsense'], 150],
    [['get'], 2],
    [['forget'], 2],
  ])('refuses %j with %d', async (args, code) => {
    expect((await useCommand('config', { cwd: folder(), args })).code).toBe(code);
  });
});

describe('note', () => {
  it('is kept for the next prompt, before the first run, too, without its secrets', async () => {
    const cwd = folder();
    const environment = { DEPLOY_TOKEN: 'hunter2hunter2' };
    const call = {
      cwd,
      environment,
      globals: { task: 'prompt', json: true },
      options: { target: 'auth' },
    };
    const { code, out } = await useCommand('note', { ...call, args: ['use hunter2hunter2'] });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      target: 'auth',
      text: expect.stringMatching(/^use \[REDACTED:/),
    });
    expect(readFileSync(join(cwd, 'data/prompt/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('is refused when empty', async () => {
    expect(
      (await useCommand('note', { cwd: folder(), globals: { task: 'prompt' }, args: [' '] })).code,
    ).toBe(2);
  });
});
