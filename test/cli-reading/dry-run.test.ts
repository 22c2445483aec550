import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataFolder } from './data-folder.ts';
import { treeHash } from './tree-hash.ts';
import { folder, useCommand, type Call, type Called } from './use-command.ts';

/** A project whose agent would leave a trace. */
function project(files: Readonly<Record<string, string>> = {}): string {
  const cwd = folder();
  const all = {
    'PROMPT.md': '# Improve it\n',
    'agent.sh': '#!/bin/sh\ntouch was-started\n',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  chmodSync(join(cwd, 'agent.sh'), 0o755);
  return cwd;
}

const AGENT = { agent: 'command', agentCommand: './agent.sh --fast' };

function dryRun(cwd: string, call: Partial<Call> = {}): Promise<Called> {
  return useCommand('dry-run', {
    cwd,
    options: AGENT,
    ...call,
    globals: { prompt: 'PROMPT.md', json: true, ...call.globals },
  });
}

const CHOOSING = `
export default {
  defaults: { interval: 7 },
  selectTarget: ({ dryRun }) => ({ target: 'b', candidates: [{ name: 'b', score: 3, reason: 'oldest' }, 'a'] , ...(dryRun ? {} : null.x) }),
  prepareWorkerEnv: () => ({ FLAVOUR: 'sweet' }),
};`;

const GATED = `
export default {
  gates: [
    { name: 'types', command: 'npx tsc --noEmit' },
    { name: 'tests', command: ['npm', 'test', '--', 'a b'], cwd: 'web', timeoutSeconds: 90, expects: 1,
      parser: 'junit', report: 'out.xml', retries: 1 },
    { name: 'own', command: 'true', parser: () => true },
  ],
};`;

describe('dry-run', () => {
  it('starts nothing and writes nothing, before the first run and after it', async () => {
    const cwd = project();
    const before = treeHash(cwd);
    expect((await dryRun(cwd)).code).toBe(0);
    expect(treeHash(cwd)).toBe(before);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
    const data = new DataFolder(cwd);
    data.snapshot('stopped', {
      iteration: 4,
      ending: { reason: 'stopped', exitCode: 0, message: null, fix: null },
    });
    const ran = treeHash(cwd);
    const { out } = await dryRun(cwd);
    expect(JSON.parse(out)).toMatchObject({ iteration: 5, unfinished: null });
    expect(treeHash(cwd)).toBe(ran);
  });

  it('tells program, arguments, folder, prompt and states', async () => {
    const cwd = project();
    const { out } = await dryRun(cwd);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      ...{
        loop: 'prompt',
        task: 'prompt',
        iteration: 1,
        target: null,
        skip: null,
        cwd,
        programFound: true,
      },
      ...{
        argv: [join(cwd, 'agent.sh'), '--fast'],
        problems: [],
        dataDir: join(cwd, 'data', 'prompt'),
      },
    });
    expect(document.prompt).toMatch(/# Improve it\n$/);
    expect(document.states).toEqual([
      ...[
        'idle',
        'selecting.gating',
        'selecting.choosing',
        'prompting',
        'running.launching',
        'running.working',
      ],
      ...['summarizing.validating', 'summarizing.digesting', 'waiting.interval'],
    ]);
  });

  it('lists the gates that the work has to pass', async () => {
    const cwd = project({
      'tasks/fix/prompt.md': '# Fix it\n',
      'tasks/fix/task.mjs': GATED,
    });
    const document = JSON.parse((await dryRun(cwd, { globals: { prompt: null } })).out);
    const usual = { cwd, timeoutSeconds: 600, expects: 0, parser: null, report: null, retries: 0 };
    expect(document.gates).toEqual([
      { ...usual, name: 'types', argv: ['npx', 'tsc', '--noEmit'] },
      {
        ...{ name: 'tests', argv: ['npm', 'test', '--', 'a b'], cwd: join(cwd, 'web') },
        ...{ timeoutSeconds: 90, expects: 1, parser: 'junit', retries: 1 },
        report: join(cwd, 'web', 'out.xml'),
      },
      { ...usual, name: 'own', argv: ['true'], parser: 'function' },
    ]);
    const { out } = await dryRun(cwd, { globals: { json: false, prompt: null } });
    expect(out).toMatch(/Gates, all of which the work has to pass\n +GATE +COMMAND/);
    expect(out).toMatch(/ types +npx tsc --noEmit +10m 00s +0 +– +0\n/);
    expect(out).toMatch(/ tests +npm test -- "a b" +\(in web\) +1m 30s +1 +junit of out.xml +1\n/);
    const narrow = await dryRun(cwd, { columns: 80, globals: { json: false, prompt: null } });
    const table = /has to pass\n([^]*?)\n\n/.exec(narrow.out)?.[1] ?? '';
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says which gates no work can pass, as their programs are not there', async () => {
    const cwd = project({
      'tasks/fix/prompt.md': '# Fix it\n',
      'tasks/fix/task.mjs': `export default { gates: [
        { name: 'style', command: 'no-such-linter --fix' },
        { name: 'built', command: './build/by-the-worker' },
        { name: 'there', command: 'true' },
      ] };`,
    });
    const { out } = await dryRun(cwd, { globals: { prompt: null } });
    expect(JSON.parse(out).problems).toEqual([
      {
        code: null,
        message: 'No work can pass the gate "style": its program "no-such-linter" was not found.',
        fix: 'Install it, or correct the command of the gate.',
      },
    ]);
  });

  it('says that a function of the task tells the gates once the work is done', async () => {
    const cwd = project({
      'tasks/fix/prompt.md': '# Fix it\n',
      'tasks/fix/task.mjs': `export default { gates: () => { throw new Error('asked too soon') } };`,
    });
    const call = { globals: { prompt: null } };
    expect(JSON.parse((await dryRun(cwd, call)).out)).toMatchObject({ gates: null, problems: [] });
    const { out } = await dryRun(cwd, { globals: { json: false, prompt: null } });
    expect(out).toContain('A function of the task says which, once the work is done.');
    const none = project();
    expect(JSON.parse((await dryRun(none)).out)).toMatchObject({ gates: [] });
    expect((await dryRun(none, { globals: { json: false } })).out).not.toContain('Gates');
  });

  it('says that a run of one iteration would end', async () => {
    const { out } = await dryRun(project(), { options: { ...AGENT, max: '1' } });
    expect(JSON.parse(out).states.slice(-3)).toEqual([
      'stopping.draining',
      'stopping.cleaning',
      'stopped',
    ]);
  });

  it('names the variables passed and withheld, and shows no value of them', async () => {
    const environment = {
      COLOUR: 'crimson-and-gold',
      DEPLOY_TOKEN: 'hunter2hunter2',
      MAX_TURNS: '12',
    };
    const { out } = await dryRun(project({ 'PROMPT.md': 'Use hunter2hunter2 here.\n' }), {
      environment,
    });
    const { env, settings, prompt } = JSON.parse(out);
    expect(env.passed).toContain('COLOUR');
    expect(env.passed).not.toContain('MAX_TURNS');
    expect(env.withheld).toEqual(['DEPLOY_TOKEN']);
    expect(settings.maxTurns).toEqual({ value: 12, source: 'environment', from: 'MAX_TURNS' });
    expect(settings.agentCommand).toMatchObject({ source: 'flag', from: '--agent-command' });
    expect(settings.interval).toEqual({ value: 300, source: 'system', from: 'default' });
    expect(prompt).toMatch(/Use \[REDACTED:/);
    expect(out).not.toMatch(/crimson-and-gold|hunter2hunter2/);
  });

  it('asks the task, which is told that it is a dry run', async () => {
    const cwd = project({ 'tasks/pick/task.mjs': CHOOSING, 'tasks/pick/prompt.md': 'Go.\n' });
    const { out } = await dryRun(cwd, { globals: { prompt: null } });
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      target: 'b',
      candidates: [
        { name: 'b', score: 3, reason: 'oldest' },
        { name: 'a', score: null },
      ],
      settings: { interval: { value: 7, source: 'task' } },
    });
    expect(document.env.passed).toContain('FLAVOUR');
    const human = await dryRun(cwd, { globals: { prompt: null, json: false }, columns: 80 });
    expect(human.out).toMatch(/→ +b +3 +oldest/);
    expect(human.out).toMatch(/interval +7 +defaults of task "pick"/);
    const widest = Math.max(
      ...human.out
        .split('\n')
        .filter((line) => !line.includes('│'))
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(80);
  });

  it('composes the prompt also where the agent is missing, and says so', async () => {
    const { code, out } = await dryRun(project(), {
      options: {},
      environment: { PATH: '/nonexistent' },
    });
    const document = JSON.parse(out);
    expect(code).toBe(0);
    expect(document).toMatchObject({ programFound: false, problems: [{ code: 151 }] });
    expect(document.argv.slice(0, 2)).toEqual(['claude', '-p']);
    expect(document.prompt).toMatch(/Improve it/);
  });

  it('puts waiting notes into the prompt and leaves them waiting', async () => {
    const cwd = project();
    await useCommand('note', { cwd, globals: { task: 'prompt' }, args: ['Mind the gap'] });
    const before = treeHash(cwd);
    const { out } = await dryRun(cwd);
    expect(JSON.parse(out)).toMatchObject({
      notes: 1,
      prompt: expect.stringContaining('- Mind the gap'),
    });
    expect(treeHash(cwd)).toBe(before);
  });

  it('says why no worker would start', async () => {
    const nothing = 'export default { selectTarget: () => null };';
    const cwd = project({ 'tasks/none/task.mjs': nothing, 'tasks/none/prompt.md': 'Go.\n' });
    const { out } = await dryRun(cwd, { globals: { prompt: null } });
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      target: null,
      argv: null,
      prompt: null,
      skip: { outcome: 'no_change' },
    });
    expect(document.states).not.toContain('running.working');
  });

  it('refuses a missing prompt with 150 and a state that cannot be understood with 156', async () => {
    const cwd = project();
    expect((await dryRun(cwd, { globals: { prompt: 'nowhere.md' } })).code).toBe(150);
    writeFileSync(new DataFolder(cwd).paths.snapshot, 'nonsense');
    expect((await dryRun(cwd)).code).toBe(156);
  });
});
