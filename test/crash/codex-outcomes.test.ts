import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { usageLimited } from '../mocks/responses-api/error-replies.ts';
import { editsFile } from '../mocks/responses-api/scenarios/edits-file.ts';
import { startResponsesApi } from '../mocks/responses-api/start-responses-api.ts';
import { findCodexBinary } from '../tools/codex-binary.ts';
import { codexEnv } from '../tools/codex-env.ts';
import { ended, eventually } from './crash-rig.ts';
import { SteeredProject } from './steered-project.ts';

const binary = findCodexBinary();
const projects: SteeredProject[] = [];
afterAll(() => projects.forEach((project) => project.remove()));

const QUICK = { request_max_retries: 0, stream_max_retries: 0 };
const ONCE = ['--max-retries', '0'];

/** Scenario of the service, what it comes to, the exit code of `once`. */
const ENDINGS = [
  ['edits-notes', 'succeeded', 0, []],
  ['unauthorized', 'auth_failed', 155, []],
  ['rate-limited', 'rate_limited', 142, []],
  ['usage-limited', 'usage_limited', 142, []],
  ['overloaded', 'network_failed', 154, []],
  ['server-error', 'network_failed', 154, []],
  ['resets-the-connection', 'network_failed', 154, []],
  ['never-answers', 'idle_timed_out', 124, ['--idle-timeout', '4', '--grace', '2']],
  // It has no limit of turns: the clock is what ends it.
  ['works-forever', 'timed_out', 124, ['--timeout', '6', '--grace', '2']],
  ['edits-notes', 'permission_denied', 155, ['--permission-mode', 'plan']],
  ['prompt-too-long', 'prompt_too_long', 150, []],
] as const satisfies readonly (readonly [string, string, number, readonly string[]])[];

describe.skipIf(!binary)('the real Codex in a loop', () => {
  it.concurrent.each(ENDINGS)(
    'comes to what it is where its service %s: %s, exit code %d',
    async (scenario, outcome, exitCode, flags) => {
      await using api = await startResponsesApi();
      const project = await codexProject(api.url(scenario), [...ONCE, ...flags]);
      const { code, output } = await project.live(['once']);
      expect([code, outcomes(project)], output).toEqual([exitCode, [outcome]]);
    },
    90_000,
  );

  it.concurrent('is called unreachable where nobody listens', async () => {
    const project = await codexProject('http://127.0.0.1:9/v1', ONCE);
    const { code, output } = await project.live(['once']);
    expect([code, outcomes(project)], output).toEqual([154, ['network_failed']]);
  }, 90_000);

  it.concurrent('edits a file over three iterations, each knowing what the one before did', async () => {
    await using api = await startResponsesApi();
    const content = ({ session }: { session: number }) => `version ${session}\n`;
    api.script('grows', editsFile({ path: 'notes.md', content }));
    const flags = ['--max', '3', '--interval', '0'];
    const project = await codexProject(api.url('grows'), flags);
    const { code, output } = await project.live();
    expect([code, outcomes(project)], output).toEqual([0, Array(3).fill('succeeded')]);
    expect(readFileSync(project.path('notes.md'), 'utf8')).toBe('version 3\n');
    const [end] = project.eventsNamed('iteration_end');
    expect(end?.details).toMatchObject({ cost_usd: null, tokens: { in: expect.any(Number) } });
  }, 90_000);

  it.concurrent('waits for its usage limit, over a kill of its runner, and goes on when it is skipped', async () => {
    await using api = await startResponsesApi();
    const works = editsFile({ path: 'notes.md', content: () => 'once\n' });
    const resetsAtEpochSeconds = Math.ceil(Date.now() / 1000) + 7200;
    let isLimited = true;
    api.script('limited', (turn) =>
      isLimited ? usageLimited({ resetsAtEpochSeconds }) : works(turn),
    );
    const project = await codexProject(api.url('limited'), ['--max', '1']);
    const first = project.start();
    const firstEnd = ended(first);
    await eventually('it waits', () => project.eventsNamed('wait_start').length === 1);
    const until = String(project.eventsNamed('wait_start')[0]?.details['until']);
    // It tells the minute; the loop adds at most 90 s.
    const lateMs = Date.parse(until) - resetsAtEpochSeconds * 1000;
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(60_000 + 90_000);
    first.kill('SIGKILL');
    await firstEnd;
    const second = project.start();
    const secondEnd = ended(second);
    await eventually('it waits on', () => project.eventsNamed('loop_resume').length === 1);
    isLimited = false;
    await project.steerLoop('skip-wait');
    const { code, output } = await secondEnd;
    expect([code, outcomes(project)], output).toEqual([0, ['succeeded']]);
    expect(project.eventsNamed('iteration_end')[0]).toMatchObject({
      ...{ iteration: 1, details: { attempts: 2 } },
    });
    expect(readFileSync(project.path('notes.md'), 'utf8')).toBe('once\n');
  }, 90_000);
});

function outcomes(project: SteeredProject): unknown[] {
  return project.eventsNamed('iteration_end').map(({ details }) => details['outcome']);
}

async function codexProject(baseUrl: string, flags: readonly string[]): Promise<SteeredProject> {
  const environment: Record<string, string> = {};
  const project = new SteeredProject({
    ...{ flags: ['--agent', 'codex', ...flags], environment },
    ...{ agent: 'exit 1', agentCommand: binary ?? '' },
  });
  projects.push(project);
  const env = await codexEnv({ home: project.directory, baseUrl, patience: QUICK });
  Object.assign(environment, env);
  return project;
}
