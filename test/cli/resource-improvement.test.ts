import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../crash/crash-rig.ts';
import { agentsOf, isAlive } from '../crash/end-project.ts';
import { useProject, type Called, type CliProject } from './cli-project.ts';

const ON = ['resource', '--name', 'prompt'];
const AGENT = ['--agent', 'command', '--agent-command', './agent.sh', '--interval', '0'];

/** Works on its target, leaves a process behind, and does what a script of the test says for its iteration. */
const WORKS = `
sleep 600 &
sed -i '0,/\\[ \\]/s//[x]/' "resources/$AUTOLOOP_TARGET/PRD.md"
[ ! -e "then-$AUTOLOOP_ITERATION.sh" ] || . "./then-$AUTOLOOP_ITERATION.sh"
echo '{"target": "'"$AUTOLOOP_TARGET"'", "status": "success", "changes": ["an item"]}'`;

const FILES = {
  'resources.json': JSON.stringify([
    { name: 'off', enabled: false },
    { name: 'web', enabled: true },
    { name: 'api', enabled: true },
  ]),
  'resources/api/PRD.md': '- [ ] P0 answers\n- [ ] P1 answers fast\n- [ ] P1 logs\n- [ ] never\n',
  'resources/web/PRD.md': '- [ ] shows\n- [ ] shows well\n- [ ] never\n',
  'resources/off/PRD.md': '- [ ] nothing\n',
  '.gitignore': '/*\n!/resources\n!/shared\n',
  'up-web': '',
};

const SCRIPTS = {
  'status.sh': '[ -e "up-$1" ] || kill -0 "$(cat "pid-$1")" || exit 1',
  'start.sh': 'echo $$ > "pid-$1"; echo started >> starts; exec sleep 600',
  'check.sh': 'if [ -e "resources/$1/bad" ]; then echo "it is bad"; exit 1; fi',
};

const SETTINGS = [
  '--task-settings',
  'status=./status.sh {target},start=./start.sh {target},validate=./check.sh {target}',
];

function useServices(files: Readonly<Record<string, string>> = {}): CliProject {
  const project = useProject(WORKS);
  for (const [name, text] of Object.entries({ ...FILES, ...files })) {
    mkdirSync(dirname(project.path(name)), { recursive: true });
    writeFileSync(project.path(name), text);
  }
  for (const [name, body] of Object.entries(SCRIPTS)) {
    writeFileSync(project.path(name), `#!/bin/sh\n${body}\n`);
    chmodSync(project.path(name), 0o755);
  }
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@localhost'];
    execFileSync('git', [...identity, ...args], { cwd: project.directory, stdio: 'pipe' });
  };
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as it was');
  return project;
}

function targets(project: CliProject): unknown[] {
  return project.eventsNamed('iteration_start').map(({ details }) => details['target']);
}

function summary(project: CliProject): Record<'progress' | 'quality', Record<string, unknown>> {
  return JSON.parse(readFileSync(project.data('summary.json'), 'utf8'));
}

function pids(project: CliProject, file: string): number[] {
  return readFileSync(project.path(file), 'utf8').trim().split('\n').map(Number);
}

function run(project: CliProject, ...flags: string[]): Promise<Called> {
  return project.call(...ON, 'run', ...AGENT, ...SETTINGS, ...flags);
}

describe('resource-improvement', () => {
  it('works on what does not run first, has its work proved, and starts it to stay', async () => {
    const project = useServices({
      'resources.json': JSON.stringify([
        { name: 'off', enabled: false, running: true },
        { name: 'web', enabled: true, running: true },
        { name: 'api', enabled: true, running: false },
      ]),
    });
    project.write('then-1.sh', 'touch resources/api/bad\n');
    project.write('then-3.sh', 'rm resources/api/bad\n');
    project.write('then-5.sh', 'mkdir shared; touch shared/of-all\n');
    const { code, out, err } = await run(project, '--max', '5');
    expect(code, out + err).toBe(0);
    expect(targets(project)).toEqual(['api', 'web', 'api', 'web', 'api']);
    expect(project.outcomes()).toEqual([
      'validation_failed',
      'succeeded',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(project.promptOf(1)).toMatch(
      /the service `api`\n\n\* state: enabled, and not running as it should \(exit code 1\)\n\* folder: resources\/api\n\* last time: nobody worked on it yet\n\* PRD\.md: 0 of 4 items are done \(P0 0\/1, P1 0\/2, without priority 0\/1\); open:\n {2}- P0 answers \(line 1\)/,
    );
    expect(project.promptOf(1)).toContain('your work has to pass: `./check.sh api`');
    expect(project.promptOf(3)).toContain('it is bad');
    expect(project.promptOf(3)).toContain('last time: validation_failed in iteration 1');
    expect(project.promptOf(5)).toContain('* state: running\n');

    const [service = 0] = pids(project, 'pid-api');
    expect(isAlive(service), 'what the loop has started outlives worker and loop').toBe(true);
    expect(agentsOf(project), 'what a worker has started does not').toEqual([]);
    expect(readFileSync(project.path('starts'), 'utf8')).toBe('started\n');
    expect(existsSync(project.path('pid-web')), 'what runs is not started').toBe(false);

    expect(summary(project)).toMatchObject({
      progress: {
        ...{ resources_improved: 4, prd_completion_percentage: 62.5 },
        resources_healthy_percentage: 50,
      },
      quality: { drift_coefficient: 0.2 },
    });
  });

  it('starts a service once, also where its runner dies over it', async () => {
    const project = useServices();
    const only = ['--task-settings', 'start=./start.sh {target},only=api'];
    const first = project.begin(...ON, 'run', ...AGENT, ...only, '--max', '1');
    await eventually('it is started', () => project.has('starts'));
    first.child.kill('SIGKILL');
    await first.end;
    const { code, out } = await project.call(...ON, 'run', ...AGENT, ...only, '--max', '1');
    expect(code, out).toBe(0);
    expect(project.outcomes()).not.toContain('failed');
    expect(readFileSync(project.path('starts'), 'utf8')).toBe('started\n');
    expect(isAlive(pids(project, 'pid-api')[0] ?? 0)).toBe(true);
  });

  it('starts nothing a second time while it lives, nor what is disabled', async () => {
    const project = useServices();
    const once = (...flags: string[]) =>
      project.call(...ON, 'once', ...AGENT, '--task-settings', ...flags);
    const api = 'start=./start.sh {target},only=api';
    expect((await once(api)).code).toBe(0);
    expect((await once(api)).code).toBe(0);
    expect(readFileSync(project.path('starts'), 'utf8')).toBe('started\n');
    expect((await once('start=./start.sh {target},only=off')).code).toBe(0);
    expect(targets(project)).toEqual(['api', 'api', 'off']);
    expect(existsSync(project.path('pid-off'))).toBe(false);
  });

  it('tells of a start that fails, and goes on', async () => {
    const project = useServices();
    const { code } = await project.call(
      ...[...ON, 'once', ...AGENT, '--task-settings', 'start=./check.sh {target} x,only=api'],
    );
    expect(code).toBe(0);
    project.write('then-2.sh', 'touch resources/api/bad\n');
    await project.call(
      ...[...ON, 'once', ...AGENT, '--task-settings', 'start=./check.sh {target} x,only=api'],
    );
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    const log = readFileSync(project.data('loop.log'), 'utf8');
    expect(log).toContain('api: its start command (./check.sh api x) ended with exit code 0');
    expect(log).toMatch(
      /api could not be started: its start command \(\.\/check\.sh api x\) ended with exit code 1/,
    );
  });

  it('ends when all run and nothing is open', async () => {
    const project = useServices({
      'resources.json': '["api", "web"]',
      'resources/api/PRD.md': '- [ ] answers\n',
      'resources/web/PRD.md': '- [ ] shows\n',
    });
    const { code, out } = await run(project, '--max', '9');
    expect(code, out).toBe(0);
    expect(targets(project)).toEqual(['api', 'web']);
    expect(project.eventsNamed('loop_end')[0]?.details['reason']).toBe('complete');
    expect(isAlive(pids(project, 'pid-api')[0] ?? 0)).toBe(true);
  });

  it('does not start where there are no services, and says what to set', async () => {
    const project = useProject(WORKS);
    const { code, err } = await run(project);
    expect(code).toBe(151);
    expect(err).toMatch(/no services were found in \S+: there is no \.vrooli\/service\.json/);
    expect(err).toContain('--task-settings folder=services, file=PATH or list=');
  });

  it('skips an iteration whose services cannot be listed', async () => {
    const project = useServices({ 'list.sh': '' });
    project.write('list.sh', '#!/bin/sh\n[ ! -e gone ] || exit 9\necho api\ntouch gone\n');
    chmodSync(project.path('list.sh'), 0o755);
    const { code } = await project.call(
      ...[...ON, 'once', ...AGENT, '--task-settings', 'list=./list.sh'],
    );
    expect(code).toBe(157);
    expect(project.outcomes()).toEqual(['selection_failed']);
    expect(project.eventsNamed('iteration_skip')[0]?.details['reason']).toMatch(
      /^Task "resource-improvement": the command of the setting "list" \(\.\/list\.sh\) ended with exit code 9\.$/,
    );
  });

  it('starts no worker for a service that is gone by then', async () => {
    const project = useServices();
    const own = ['--task-settings', 'list=./count.sh'];
    project.write(
      'count.sh',
      '#!/bin/sh\nprintf x >> times\n[ "$(cat times)" = xx ] && echo api || echo web\n',
    );
    chmodSync(project.path('count.sh'), 0o755);
    expect((await project.call(...ON, 'once', ...AGENT, ...own)).code).toBe(151);
    expect(project.eventsNamed('iteration_skip')[0]?.details['reason']).toContain(
      'the service "api" is not among the others any more',
    );
    expect(project.ledger()).toEqual([]);
  });

  it('shows in select what a service is like, and refuses a command that is none', async () => {
    const project = useServices();
    const { out } = await project.call(...ON, 'select', ...SETTINGS);
    expect(out).toMatch(/would work on api, by score/);
    expect(out).toMatch(/→ +api .*not running \(exit code 1\), 4 open in PRD\.md/);
    expect(out).toMatch(/web .*running, 3 open in PRD\.md/);
    expect(out).toMatch(/off .*disabled/);
    const broken = await project.call(...ON, 'select', '--task-settings', 'status=false');
    expect(broken.out).toMatch(/api .*status unknown, 4 open/);
    const wrong = await project.call(...ON, 'select', '--task-settings', 'status=./x "');
    expect(wrong.code).toBe(150);
    expect(wrong.err).toContain('status: it is no command: a quote is not closed');
  });
});
