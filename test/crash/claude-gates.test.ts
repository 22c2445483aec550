import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useProject, type CliProject } from '../cli/cli-project.ts';
import { says, usesTool } from '../mocks/messages-api/message-replies.ts';
import { reportBlock } from '../mocks/model-api/report-block.ts';
import type { Script } from '../mocks/messages-api/script.ts';
import { startMessagesApi } from '../mocks/messages-api/start-messages-api.ts';
import { findClaudeBinary } from '../tools/claude-binary.ts';
import { claudeEnv } from '../tools/claude-env.ts';

const binary = findClaudeBinary();

if (!binary) {
  console.warn('SKIPPED: Claude Code is not installed. Install it: npm ci --prefix test/tools');
}

/** What alpha's gate says of its first work, and nobody else ever says. */
const COMPLAINT = 'alpha has no heading';

describe.skipIf(!binary)('the real Claude Code between gates and checkpoints', () => {
  it('has its work taken back, is told why when its target comes again, and has the better one committed', async () => {
    await using api = await startMessagesApi();
    const { project, git } = useRepository(api.url('two-targets'));
    const found: string[] = [];
    const look = (): void => {
      const alpha = readFileSync(project.path('alpha.md'), 'utf8');
      found.push(`${alpha}${existsSync(project.path('stray.txt'))}${git('status', '--porcelain')}`);
    };
    api.script('two-targets', improves(look));

    const { code, out, err } = await project.call('run', '--max', '3', ...flags());

    expect(code, `${out}${err}`).toBe(0);
    expect(
      told(project, 'iteration_end').map(({ target, outcome, validation }) => ({
        ...{ target, outcome, validation },
      })),
    ).toEqual([
      { target: 'alpha', outcome: 'validation_failed', validation: false },
      { target: 'beta', outcome: 'succeeded', validation: true },
      { target: 'alpha', outcome: 'succeeded', validation: true },
    ]);

    expect(told(project, 'rollback')).toEqual([{ ref: 'refs/autoloop/discarded/1' }]);
    expect(git('show', 'refs/autoloop/discarded/1:alpha.md')).toBe('no heading yet\n');
    expect(git('show', 'refs/autoloop/discarded/1:stray.txt')).toBe('mine\n');
    const untouched = 'to be done\nfalse';
    expect(found, 'each worker finds what the last good work left').toEqual(
      Array(3).fill(untouched),
    );

    const [first, between, second, ...more] = api.turns.filter(({ step }) => step === 1);
    expect([first?.prompt.includes('Not passed'), more]).toEqual([false, []]);
    expect(between?.prompt).toContain('Work on beta.md');
    expect(between?.prompt).not.toMatch(new RegExp(`Not passed|${COMPLAINT}|discarded`));
    expect(second?.prompt).toContain('Work on alpha.md');
    expect(second?.prompt).toContain('The last work on this (iteration 1) did not pass');
    expect(second?.prompt).toContain(
      `## Not passed: heading\n\nexit code 1\n\n\`\`\`\n${COMPLAINT}`,
    );
    expect(second?.prompt).toContain('`git show refs/autoloop/discarded/1` shows it');

    const [beta = '', alpha = ''] = told(project, 'checkpoint').map(({ commit }) => String(commit));
    expect(git('rev-parse', 'HEAD', 'HEAD^').split('\n')).toEqual([alpha, beta, '']);
    expect([trailers(git, beta), trailers(git, alpha)]).toEqual([
      { Task: 'headings', Iteration: '2', Target: 'beta', Run: expect.stringMatching(/./) },
      { Task: 'headings', Iteration: '3', Target: 'alpha', Run: expect.stringMatching(/./) },
    ]);
    expect(git('show', `${alpha}:alpha.md`)).toBe('# alpha\n');
    expect(git('show', '--name-only', '--format=', beta)).toBe('beta.md\n');
    expect(git('status', '--porcelain')).toBe('');
    expect(JSON.parse(dataFile(project, 'summary.json')).quality).toMatchObject({
      validation_pass_rate: 2 / 3,
      rollback_frequency: 1 / 3,
    });
  }, 60_000);
});

/** A model that forgets the heading of alpha until it is told that its work did not pass. */
function improves(look: () => void): Script {
  return ({ step, prompt }) => {
    const target = /Work on (\w+)\.md/.exec(prompt)?.[1] ?? '';
    if (step > 1) {
      const report = { target, status: 'success', changes: [`wrote ${target}.md`] } as const;
      return says(`Done.\n\n${reportBlock(report)}`);
    }
    look();
    const forgets = target === 'alpha' && !prompt.includes('Not passed: heading');
    return usesTool('Bash', {
      command: forgets
        ? 'echo no heading yet > alpha.md; echo mine > stray.txt'
        : `echo '# ${target}' > ${target}.md`,
    });
  };
}

const TASK = `export default {
  selectTarget: ({ iteration }) => (iteration === 2 ? 'beta' : 'alpha'),
  buildHelperContext: ({ target }) => 'Work on ' + target + '.md',
  gates: ({ target }) => [
    { name: 'heading', command: ['sh', '-c', 'grep -q "^# " $0.md || { echo $0 has no heading; exit 1; }', target] },
  ],
};
`;

type Git = (...args: string[]) => string;

function useRepository(baseUrl: string): { project: CliProject; git: Git } {
  const home = mkdtempSync(join(tmpdir(), 'autoloop-claude-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const project = useProject('exit 1');
  mkdirSync(project.path('tasks/headings'), { recursive: true });
  project.write('tasks/headings/prompt.md', '# Give it a heading\n');
  project.write('tasks/headings/task.mjs', TASK);
  project.write('alpha.md', 'to be done\n');
  project.write('beta.md', 'to be done\n');
  const identity = { GIT_AUTHOR_NAME: 'U', GIT_AUTHOR_EMAIL: 'u@e.org' };
  const committer = { GIT_COMMITTER_NAME: 'U', GIT_COMMITTER_EMAIL: 'u@e.org' };
  project.environment = { ...claudeEnv({ home, baseUrl }), ...identity, ...committer };
  const env = { PATH: process.env['PATH'], HOME: home, ...identity, ...committer };
  const git: Git = (...args) =>
    execFileSync('git', args, { cwd: project.directory, env, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  return { project, git };
}

function flags(): string[] {
  return [
    ...['--task', 'headings', '--agent', 'claude', '--agent-command', binary ?? ''],
    ...['--interval', '0', '--checkpoint', 'commit'],
  ];
}

function told(project: CliProject, name: string): Readonly<Record<string, unknown>>[] {
  return dataFile(project, 'events.ndjson')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === name)
    .map(({ details }) => details);
}

function dataFile(project: CliProject, name: string): string {
  return readFileSync(project.path('data', 'headings', name), 'utf8');
}

function trailers(git: Git, commit: string): Readonly<Record<string, string>> {
  const lines = git('log', '-1', '--format=%(trailers)', commit).split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name = '', value = ''] = /^Autoloop-(\w+): (.*)$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value]];
    }),
  );
}
