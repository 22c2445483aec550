import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { usageLimited } from '../mocks/messages-api/error-replies.ts';
import { editsFile } from '../mocks/messages-api/scenarios/edits-file.ts';
import { startMessagesApi } from '../mocks/messages-api/start-messages-api.ts';
import { findClaudeBinary } from '../tools/claude-binary.ts';
import { claudeEnv } from '../tools/claude-env.ts';
import { CrashProject, ended, eventually } from './crash-rig.ts';

const binary = findClaudeBinary();
const projects: CrashProject[] = [];
afterAll(() => projects.forEach((project) => project.remove()));

const SUBSCRIPTION = { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'dummy' };
const ONCE = ['--max-retries', '0'];
// The loop owns the retries that count: the CLI's own only take time here.
const UNRETRIED = ['--pass-env', 'CLAUDE_CODE_MAX_RETRIES'];

/** Scenario of the service, what it comes to, the exit code of `once`. */
const ENDINGS = [
  ['edits-notes', 'succeeded', 0, {}],
  ['unauthorized', 'auth_failed', 155, {}],
  ['token-revoked', 'auth_failed', 155, { env: SUBSCRIPTION }],
  ['rate-limited', 'rate_limited', 142, {}],
  ['rate-limited-for-an-hour', 'rate_limited', 142, {}],
  ['usage-limited', 'usage_limited', 142, { env: SUBSCRIPTION }],
  ['overloaded', 'network_failed', 154, {}],
  ['server-error', 'network_failed', 154, {}],
  ['resets-the-connection', 'network_failed', 154, {}],
  ['never-answers', 'idle_timed_out', 124, { flags: ['--idle-timeout', '4', '--grace', '2'] }],
  ['works-forever', 'max_turns', 151, { flags: ['--max-turns', '2'] }],
  [
    'edits-notes',
    'permission_denied',
    155,
    { flags: ['--permission-mode', 'default', '--allowed-tools', 'Read'] },
  ],
  ['unknown-model', 'worker_unavailable', 151, {}],
  ['prompt-too-long', 'prompt_too_long', 150, {}],
] as const satisfies readonly (readonly [string, string, number, Wishes])[];

interface Wishes {
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

describe.skipIf(!binary)('the real Claude Code in a loop', () => {
  it.concurrent.each(ENDINGS)(
    'comes to what it is where its service %s: %s, exit code %d',
    async (scenario, outcome, exitCode, wishes: Wishes) => {
      await using api = await startMessagesApi();
      const { env = {}, flags = [] } = wishes;
      const project = claudeProject(api.url(scenario), [...ONCE, ...flags], env);
      const { code, output } = await project.live(['once']);
      expect([code, outcomes(project)], output).toEqual([exitCode, [outcome]]);
    },
    90_000,
  );

  it.concurrent('is called unreachable where nobody listens', async () => {
    const project = claudeProject('http://127.0.0.1:9', ONCE);
    const { code, output } = await project.live(['once']);
    expect([code, outcomes(project)], output).toEqual([154, ['network_failed']]);
  }, 90_000);

  it.concurrent('is tried again while its service is overloaded, then has done its work once', async () => {
    await using api = await startMessagesApi();
    const works = editsFile({ path: 'notes.md', content: () => 'once\n' });
    let refused = 0;
    api.script('recovers', (turn) =>
      turn.step === 1 && (refused += 1) < 3
        ? { kind: 'error', status: 529, type: 'overloaded_error', message: 'Overloaded' }
        : works(turn),
    );
    const project = claudeProject(api.url('recovers'), ['--max', '1', '--interval', '0']);
    const { code, output } = await project.live(['run'], NO_JITTER);
    expect([code, outcomes(project)], output).toEqual([0, ['succeeded']]);
    expect(project.eventsNamed('retry')[0]?.details).toMatchObject({ reason: 'network_failed' });
    expect(project.eventsNamed('iteration_end')[0]?.details['attempts']).toBeGreaterThan(1);
    expect(readFileSync(project.path('notes.md'), 'utf8')).toBe('once\n');
  }, 90_000);

  it.concurrent('waits for its usage limit to end, over a kill of its runner, and goes on', async () => {
    await using api = await startMessagesApi();
    const works = editsFile({ path: 'notes.md', content: () => 'once\n' });
    const resetsAtEpochSeconds = Math.ceil(Date.now() / 1000) + 12;
    api.script('limited', (turn) =>
      Date.now() < resetsAtEpochSeconds * 1000
        ? usageLimited({ resetsAtEpochSeconds })
        : works(turn),
    );
    const flags = ['--max', '1', '--interval', '0'];
    const project = claudeProject(api.url('limited'), flags, SUBSCRIPTION);
    const first = project.start(['run'], NO_JITTER);
    const firstEnd = ended(first);
    await eventually('it waits', () => project.eventsNamed('wait_start').length === 1);
    const [wait] = project.eventsNamed('wait_start');
    expect(wait?.details).toMatchObject({
      ...{ kind: 'usage_limit', until: new Date(resetsAtEpochSeconds * 1000).toISOString() },
    });
    first.kill('SIGKILL');
    await firstEnd;
    const { code, output } = await project.live(['run'], NO_JITTER);
    expect([code, outcomes(project)], output).toEqual([0, ['succeeded']]);
    const [end] = project.eventsNamed('iteration_end');
    expect(end).toMatchObject({ iteration: 1, details: { attempts: 2 } });
    expect(Date.parse(end?.timestamp ?? '')).toBeGreaterThan(resetsAtEpochSeconds * 1000);
    expect(readFileSync(project.path('notes.md'), 'utf8')).toBe('once\n');
  }, 90_000);

  it.concurrent('is told what is left of the budget, and ends the run that has spent it', async () => {
    await using api = await startMessagesApi();
    const flags = ['--interval', '0', '--max-cost', '0.004', '--max-turns', '50'];
    const project = claudeProject(api.url('works-forever'), flags);
    const { code, output } = await project.live(['run']);
    expect([code, outcomes(project)], output).toEqual([158, ['budget_exceeded']]);
    expect(project.eventsNamed('loop_end')[0]?.details['reason']).toBe('max_cost');
  }, 90_000);
});

const NO_JITTER = {
  NODE_OPTIONS: `--import=${join(import.meta.dirname, 'no-jitter.mjs')}`,
};

function outcomes(project: CrashProject): unknown[] {
  return project.eventsNamed('iteration_end').map(({ details }) => details['outcome']);
}

function claudeProject(
  baseUrl: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CrashProject {
  const project = new CrashProject({
    flags: ['--agent', 'claude', ...UNRETRIED, ...flags],
    agent: 'exit 1',
    agentCommand: binary ?? '',
    environment: {
      ...claudeEnv({ home: '', baseUrl }),
      ...env,
      CLAUDE_CODE_MAX_RETRIES: '0',
    },
  });
  projects.push(project);
  return project;
}
