import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAlive } from '../crash/end-project.ts';
import { useProject, type CliProject } from './cli-project.ts';

const ON = ['scenario', '--name', 'prompt'];
const AGENT = ['--agent', 'command', '--agent-command', './agent.sh', '--interval', '0'];

/** Checks off the first open item of its scenario, and does what a script of the test says for its iteration. */
const BUILDS = `
cd apps/"$AUTOLOOP_TARGET"
echo "iteration $AUTOLOOP_ITERATION" >> built
[ ! -e PRD.md ] || sed -i '0,/\\[ \\]/s//[x]/' PRD.md
cd ../..
[ ! -e "then-$AUTOLOOP_ITERATION.sh" ] || . "./then-$AUTOLOOP_ITERATION.sh"
echo '{"target": "'"$AUTOLOOP_TARGET"'", "status": "success", "changes": ["an item"]}'`;

const README = `# shop\n\n## Usage\n\n${'Open it, choose, pay. '.repeat(20)}\n`;

const FILES = {
  'apps/shop/PRD.md': '# P0\n- [ ] browse\n- [ ] pay\n',
  'apps/shop/README.md': README,
  'apps/blog/PRD.md': '# P0\n- [x] read\n## P2\n- [ ] write\n',
  'apps/.hidden/PRD.md': '- [ ] no\n',
  'apps/README.md': 'Two apps.\n',
};

function useScenarios(files: Readonly<Record<string, string>> = FILES): CliProject {
  const project = useProject(BUILDS);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(project.path(name)), { recursive: true });
    writeFileSync(project.path(name), text);
  }
  script(project, 'check.sh', 'if [ -e "apps/$1/bad" ]; then echo "it is bad"; exit 1; fi');
  script(project, 'start.sh', 'echo $$ >> "pid-$1"; exec sleep 600');
  return project;
}

function script(project: CliProject, name: string, body: string): void {
  writeFileSync(project.path(name), `#!/bin/sh\n${body}\n`);
  chmodSync(project.path(name), 0o755);
}

function targets(project: CliProject): unknown[] {
  return project.eventsNamed('iteration_start').map(({ details }) => details['target']);
}

function settings(...more: string[]): string[] {
  return ['--task-settings', ['folder=apps', ...more].join(',')];
}

interface Selected {
  readonly target: string | null;
  readonly candidates: readonly {
    readonly name: string;
    readonly reason: string;
    readonly parts: readonly { readonly part: string; readonly value: number }[];
  }[];
  readonly left_out: readonly { readonly name: string; readonly why: string }[];
}

async function select(project: CliProject, ...more: string[]): Promise<Selected> {
  const { out, err, code } = await project.call(...ON, 'select', '--json', ...settings(...more));
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

function priorities({ candidates }: Selected): Record<string, number> {
  return Object.fromEntries(
    candidates.map(({ name, parts }) => [
      name,
      Math.round(100 * (parts.find(({ part }) => part === 'priority')?.value ?? NaN)) / 100,
    ]),
  );
}

describe('scenario-improvement', () => {
  it('builds what is open, proved item by item, and ends when nothing is left', async () => {
    const project = useScenarios();
    project.write('then-1.sh', 'touch "apps/$AUTOLOOP_TARGET/bad"\n');
    project.write('then-3.sh', 'rm -f apps/*/bad\n');
    project.write('then-2.sh', 'rm -f "apps/$AUTOLOOP_TARGET/bad"\n');
    const own = settings('validate=./check.sh {target}', 'prefer=shop', 'goals=sell things');
    const { code, out, err } = await project.call(...ON, 'run', ...AGENT, '--max', '9', ...own);
    expect(code, out + err).toBe(0);
    expect(targets(project)).toEqual(['shop', 'blog', 'shop']);
    expect(project.outcomes()).toEqual(['validation_failed', 'succeeded', 'succeeded']);
    expect(project.eventsNamed('loop_end')[0]?.details['reason']).toBe('complete');
    expect(project.promptOf(1)).toMatch(
      /the scenario `shop`\n\n\* folder: apps\/shop\n\* last time: nobody worked on it yet\n\* goals of this loop: sell things\n\* PRD\.md: 0 of 2 items are done \(P0 0\/2\); open:\n {2}- P0: browse \(line 2\)/,
    );
    expect(project.promptOf(3)).toContain('it is bad');
    const summary = JSON.parse(readFileSync(project.data('summary.json'), 'utf8'));
    expect(summary.progress).toMatchObject({
      scenarios_validated: 2,
      prd_completion_percentage: 100,
    });
  });

  it('leaves out who has graduated, and takes it back when something is open again', async () => {
    const project = useScenarios({
      ...FILES,
      'apps/shop/PRD.md': '- [ ] pay\n',
      'apps/blog/PRD.md': '- [ ] read\n- [ ] write\n- [ ] find\n- [ ] tag\n',
    });
    const own = settings('validate=./check.sh {target}', 'prefer=shop');
    expect((await project.call(...ON, 'once', ...AGENT, ...own)).code).toBe(0);
    expect(targets(project)).toEqual(['shop']);
    const validated = 'validate=./check.sh {target}';
    expect(await select(project, validated)).toMatchObject({
      target: 'blog',
      left_out: [{ name: 'shop', why: 'graduated' }],
    });
    expect((await select(project)).left_out, 'what nobody proves has not graduated').toEqual([]);
    expect((await project.call(...ON, 'run', ...AGENT, '--max', '2', ...own)).code).toBe(0);
    expect(targets(project)).toEqual(['shop', 'blog', 'blog']);
    project.write('apps/shop/PRD.md', '- [x] pay\n- [ ] give money back\n');
    expect(await select(project, validated)).toMatchObject({ target: 'shop', left_out: [] });
  });

  it('ends when all have graduated although something is open', async () => {
    const done = Array.from({ length: 19 }, (_, at) => `- [x] item ${at}\n`).join('');
    const project = useScenarios({
      'apps/shop/PRD.md': `${done}- [ ] one more\n- [ ] and one\n`,
      'apps/shop/README.md': README,
    });
    const own = settings('validate=./check.sh {target}');
    const { code, out } = await project.call(...ON, 'run', ...AGENT, '--max', '9', ...own);
    expect(code, out).toBe(0);
    expect(targets(project)).toEqual(['shop', null]);
    expect(project.outcomes()).toEqual(['succeeded', 'no_change']);
    expect(project.eventsNamed('loop_end')[0]?.details['reason']).toBe('complete');
  });

  it('starts a scenario to stay, once', async () => {
    const project = useScenarios();
    const own = settings('start=./start.sh {target}', 'only=shop');
    const { code } = await project.call(...ON, 'run', ...AGENT, '--max', '2', ...own);
    expect(code).toBe(0);
    expect(targets(project)).toEqual(['shop', 'shop']);
    const started = readFileSync(project.path('pid-shop'), 'utf8').trim().split('\n').map(Number);
    expect(started.map((pid) => isAlive(pid))).toEqual([true]);
  });

  it('tells its worker to change nothing in mode plan', async () => {
    const project = useScenarios();
    const { out } = await project.call(...ON, 'dry-run', '--mode', 'plan', '--json', ...settings());
    expect(JSON.parse(out).prompt).toContain('mode plan: look and report; change nothing');
  });

  it('says what to set where there are no scenarios', async () => {
    const project = useProject(BUILDS);
    const { code, err } = await project.call(...ON, 'run', ...AGENT);
    expect(code).toBe(151);
    expect(err).toMatch(/no scenarios were found: there is no scenarios\/ in \S+\. Say where/);
    expect(err).toContain('--task-settings folder=PATH');
  });
});

describe('scenarios ranked by a local model', () => {
  const RANKS = 'rankModel=tiny';

  it('are put forward in the order of its answer, as far as it names them', async () => {
    const project = useScenarios();
    await useOllama(project, (response) => {
      response.end(JSON.stringify({ response: '["blog", "made up", "blog", "shop"]' }));
    });
    const ranked = await select(project, RANKS);
    expect(priorities(ranked)).toEqual({ blog: 0.7, shop: 0.35 });
    expect(ranked.candidates.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^1 of 2 open, ranked 1, /)]),
    );
    expect(priorities(await select(project))).toEqual({ blog: 0, shop: 0 });
  });

  it('are chosen by plain scores where it answers garbage, and the log says so', async () => {
    const project = useScenarios();
    await useOllama(project, (response) => void response.end('<html>'));
    const { code } = await project.call(...ON, 'once', ...AGENT, ...settings(RANKS));
    expect(code).toBe(0);
    const [start] = project.eventsNamed('iteration_start');
    expect(start?.details).toMatchObject({ target: expect.stringMatching(/^(?:shop|blog)$/) });
    expect(readFileSync(project.data('loop.log'), 'utf8')).toContain(
      'The ranking by tiny (Ollama) is left out, plain scores count: it answered with something that is no JSON.',
    );
  });

  it('do not wait longer than its bound for one that hangs', async () => {
    const project = useScenarios();
    const asked = await useOllama(project, () => {});
    const { code } = await project.call(
      ...[...ON, 'once', ...AGENT, ...settings(RANKS, 'rankTimeout=1')],
    );
    expect(code).toBe(0);
    expect(asked()).toBe(1);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect(readFileSync(project.data('loop.log'), 'utf8')).toContain('no answer within 1 s');
  });
});

/** One that the project's loops find; how often it was asked. */
async function useOllama(
  project: CliProject,
  answer: (response: ServerResponse) => void,
): Promise<() => number> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  project.environment = { OLLAMA_HOST: `127.0.0.1:${port}` };
  return () => asked;
}
