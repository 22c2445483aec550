import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, type TestContext } from 'vitest';
import { says, usesTool } from '../mocks/messages-api/message-replies.ts';
import type { Script } from '../mocks/messages-api/script.ts';
import { startMessagesApi } from '../mocks/messages-api/start-messages-api.ts';
import { findClaudeBinary } from '../tools/claude-binary.ts';
import { claudeEnv } from '../tools/claude-env.ts';
import { ended, eventually } from './crash-rig.ts';
import { agentsOf } from './end-project.ts';
import { useSteeredProject, type SteeredProject } from './steered-project.ts';

const binary = findClaudeBinary();

if (!binary) {
  console.warn('SKIPPED: Claude Code is not installed. Install it: npm ci --prefix test/tools');
}

/** What its Bash tool is asked to run; `token` tells the process wherever it hides. */
const TOOLS = {
  'a tool that does not end': (token) => ({ command: `touch began; sleep ${token}` }),
  'a daemon in a session of its own': (token) => ({
    command: `setsid sleep ${token} > /dev/null 2>&1 < /dev/null & touch began`,
  }),
  'a task in the background': (token) => ({
    command: `touch began; sleep ${token}`,
    run_in_background: true,
  }),
} satisfies Record<string, (token: string) => Record<string, unknown>>;

type ToolName = keyof typeof TOOLS;

interface Played {
  readonly project: SteeredProject;
  readonly runner: ReturnType<SteeredProject['start']>;
  readonly end: ReturnType<typeof ended>;
  readonly token: string;
}

interface Ending {
  readonly name: string;
  readonly flags: readonly string[];
  readonly outcome: string;
  /** What the test does; nothing: it lets the time run out. */
  readonly play: (played: Played) => Promise<void>;
}

const ENDINGS: readonly Ending[] = [
  {
    name: 'its timeout',
    flags: ['--timeout', '6'],
    outcome: 'timed_out',
    async play({ end }) {
      expect((await end).code).toBe(0);
    },
  },
  {
    name: 'stop --timeout',
    flags: [],
    outcome: 'killed',
    async play({ project, end }) {
      expect(await project.steerLoop('stop', '--timeout', '0.5')).toMatchObject({ code: 0 });
      expect((await end).code).toBe(143);
    },
  },
  {
    name: 'force-stop',
    flags: [],
    outcome: 'killed',
    async play({ project, end }) {
      expect(await project.steerLoop('force-stop')).toMatchObject({ code: 0 });
      expect((await end).code).toBe(143);
    },
  },
  {
    name: 'SIGKILL of its runner, then force-stop',
    flags: [],
    outcome: 'killed',
    async play({ project, runner, end }) {
      runner.kill('SIGKILL');
      await end;
      expect(await project.steerLoop('force-stop')).toMatchObject({ code: 0 });
    },
  },
  {
    name: 'SIGKILL of its isolation layer',
    flags: ['--max-retries', '0'],
    outcome: 'interrupted',
    async play({ project, end }) {
      process.kill(Number(project.told('worker_start', 'pid')[0]), 'SIGKILL');
      expect((await end).code).toBe(0);
    },
  },
];

const TOOL_NAMES = Object.keys(TOOLS).filter((name): name is ToolName => name in TOOLS);

describe.skipIf(!binary).concurrent.each(['strict', 'base'])('supervised %s,', (supervision) => {
  describe.each(TOOL_NAMES)('the real Claude Code with %s', (tool) => {
    it.for(ENDINGS)(
      'leaves nothing behind after $name',
      { timeout: 60_000 },
      async ({ flags, outcome, play }, test) => {
        const session = await startSession(test, { tool, works: true, supervision, flags });
        await play(session);
        expect(session.project.told('iteration_end', 'outcome')).toEqual([outcome]);
        expectNothingAlive(session);
      },
    );
  });

  it.for(TOOL_NAMES.slice(1))(
    'the real Claude Code that is done leaves nothing of %s',
    { timeout: 60_000 },
    async (tool, test) => {
      const session = await startSession(test, { tool, works: false, supervision, flags: [] });
      expect((await session.end).code).toBe(0);
      expect(session.project.told('iteration_end', 'outcome')).toEqual(['succeeded']);
      expectNothingAlive(session);
    },
  );
});

interface Session {
  readonly tool: ToolName;
  /** It goes on with a tool that does not end. */
  readonly works: boolean;
  readonly supervision: string;
  readonly flags: readonly string[];
}

let tokens = 700_000_000 + process.pid * 100;

/** Until it is at its last tool. */
async function startSession(test: TestContext, session: Session): Promise<Played> {
  const token = String((tokens += 1));
  const api = await startMessagesApi();
  test.onTestFinished(() => api.close());
  api.script('tool', scriptOf(session, token));
  const project = useSteeredProject(test, {
    flags: ['--agent', 'claude', '--max', '1', '--grace', '2', ...flagsOf(session)],
    agent: 'exit 1',
    agentCommand: binary ?? '',
    environment: claudeEnv({ home: '', baseUrl: api.url('tool') }),
  });
  const runner = project.start();
  const end = ended(runner);
  const isOnlyTool = session.tool === 'a tool that does not end' || !session.works;
  const sign = isOnlyTool ? 'began' : 'working';
  await eventually('its tool runs', () => project.has(sign), 30_000);
  return { project, runner, end, token };
}

function flagsOf({ supervision, flags }: Session): readonly string[] {
  return ['--supervision', supervision, ...flags];
}

function scriptOf({ tool, works }: Session, token: string): Script {
  return ({ step }) => {
    if (step === 1) {
      return usesTool('Bash', TOOLS[tool](token));
    }
    return works && step === 2
      ? usesTool('Bash', { command: `touch working; sleep ${token}` })
      : says('That is all.');
  };
}

function expectNothingAlive({ project, token }: Played): void {
  expect(agentsOf(project)).toEqual([]);
  expect(pidsWith(token)).toEqual([]);
}

function pidsWith(token: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && words(pid).includes(token));
}

function words(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
