import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { editsFile } from '../mocks/messages-api/scenarios/edits-file.ts';
import { startMessagesApi } from '../mocks/messages-api/start-messages-api.ts';
import { findClaudeBinary } from '../tools/claude-binary.ts';
import { claudeEnv } from '../tools/claude-env.ts';
import { CrashProject, ended, eventually } from './crash-rig.ts';

const binary = findClaudeBinary();
const projects: CrashProject[] = [];

if (!binary) {
  console.warn('SKIPPED: Claude Code is not installed. Install it: npm ci --prefix test/tools');
}

afterAll(() => projects.forEach((project) => project.remove()));

describe.skipIf(!binary)('the real Claude Code against a mock of its service', () => {
  it('improves a file over three iterations, each knowing what the one before did', async () => {
    await using api = await startMessagesApi();
    api.script(
      'grows',
      editsFile({ path: 'notes.md', content: ({ session }) => `version ${session}\n` }),
    );
    const project = claudeProject(api.url('grows'), ['--max', '3']);
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expect(readFileSync(project.path('notes.md'), 'utf8')).toBe('version 3\n');
    const ends = project.eventsNamed('iteration_end');
    expect(ends.map(({ details }) => details['outcome'])).toEqual(Array(3).fill('succeeded'));
    for (const { details } of ends) {
      expect(details['cost_usd']).toBeGreaterThan(0);
      expect(details['tokens']).toMatchObject({ in: expect.any(Number), out: expect.any(Number) });
      expect(details['turns']).toBe(2);
      expect(details['report']).toBe('success');
      expect(details['changes']).toEqual([expect.stringContaining('notes.md')]);
    }
    const second = readFileSync(project.data('iterations', '000002', 'prompt.md'), 'utf8');
    expect(second).toContain('Context summary from previous runs');
    expect(second).toContain('wrote notes.md (session 1)');
    const asked = api.turns.find(({ step, session }) => step === 1 && session === 2);
    expect(asked?.prompt).toContain('wrote notes.md (session 1)');
  }, 60_000);

  it('is adopted by the next runner when the first was killed while it worked', async () => {
    await using api = await startMessagesApi();
    api.script('held', editsFile({ path: 'notes.md', content: () => 'once\n' }));
    const held = api.hold('held');
    const project = claudeProject(api.url('held'), ['--max', '1']);
    const first = project.start();
    const firstEnd = ended(first);
    await held.arrived;
    await eventually(
      'its start is recorded',
      () => project.eventsNamed('worker_start').length === 1,
    );
    first.kill('SIGKILL');
    await firstEnd;
    const second = project.start();
    const secondEnd = ended(second);
    await eventually('it is adopted', () => project.eventsNamed('worker_adopt').length === 1);
    held.release();
    const { code, output } = await secondEnd;
    expect(code, output).toBe(0);
    expect(readFileSync(project.path('notes.md'), 'utf8')).toBe('once\n');
    expect(
      api.turns.filter(({ step }) => step === 1),
      'the service was asked once',
    ).toHaveLength(1);
    expect(project.eventsNamed('iteration_end')[0]?.details).toMatchObject({
      outcome: 'succeeded',
      turns: 2,
    });
    expect(project.eventsNamed('worker_start')).toHaveLength(1);
    expect(existsSync(project.data('loop.pid'))).toBe(false);
  }, 60_000);

  it('is collected by the next runner when it ended while none lived', async () => {
    await using api = await startMessagesApi();
    api.script('held', editsFile({ path: 'notes.md', content: () => 'once\n' }));
    const held = api.hold('held');
    const project = claudeProject(api.url('held'), ['--max', '1']);
    const first = project.start();
    const firstEnd = ended(first);
    await held.arrived;
    first.kill('SIGKILL');
    await firstEnd;
    held.release();
    const result = project.data('iterations', '000001', 'attempt-1', 'result.json');
    await eventually('it has ended', () => existsSync(result));
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expect(api.turns.filter(({ step }) => step === 1)).toHaveLength(1);
    const [end] = project.eventsNamed('iteration_end');
    expect(end?.details).toMatchObject({ outcome: 'succeeded', turns: 2, attempts: 1 });
    expect(end?.details['cost_usd']).toBeGreaterThan(0);
  }, 60_000);
});

function claudeProject(baseUrl: string, flags: readonly string[]): CrashProject {
  const project = new CrashProject({
    flags: ['--agent', 'claude', '--interval', '0', ...flags],
    agent: 'exit 1',
    agentCommand: binary ?? '',
    environment: claudeEnv({ home: '', baseUrl }),
  });
  projects.push(project);
  return project;
}
