import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AgentPlan, AgentRequest } from '../../../src/agents/agent.ts';
import { gemini } from '../../../src/agents/gemini/gemini.ts';
import { geminiProgram } from './gemini-cli.ts';

/** Where and how Gemini CLI is run once. */
export interface GeminiRun {
  /** Its home; it works in the folder `project` of it. */
  readonly home: string;
  readonly baseUrl: string;
  readonly prompt: string;
  /** What differs from what autoloop asks for by default. */
  readonly request: Partial<AgentRequest>;
  readonly extraArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Told the process as soon as there is one. */
  onStart(pid: number): void;
}

export interface GeminiOutput {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real Gemini CLI as its adapter plans it, with the mock as its only service. */
export async function runGemini(run: GeminiRun): Promise<GeminiOutput> {
  const plan = gemini.plan({ ...USUAL_REQUEST, ...run.request });
  const cwd = await prepareHome(run.home, plan);
  const child = spawn(process.execPath, [geminiProgram(), ...plan.args, ...run.extraArgs], {
    cwd,
    env: { ...closedEnv(run), ...placed(plan.env, run.home), ...run.env },
  });
  run.onStart(child.pid ?? 0);
  child.stdin.on('error', () => {});
  child.stdin.end(run.prompt);
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr };
}

const USUAL_REQUEST: AgentRequest = {
  maxTurns: 80,
  model: 'gemini-2.5-pro',
  allowedTools: ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: true,
  resumes: null,
  budgetUsd: null,
};

async function prepareHome(home: string, { files = {} }: AgentPlan): Promise<string> {
  const cwd = join(home, 'project');
  await mkdir(cwd, { recursive: true });
  await mkdir(join(home, '.gemini'), { recursive: true });
  await mkdir(attemptDir(home), { recursive: true });
  await writeFile(join(home, '.gemini/settings.json'), JSON.stringify(USER_SETTINGS));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(attemptDir(home), name), content, { mode: 0o600 });
  }
  return cwd;
}

// With a base URL of the environment it takes no login from there.
const USER_SETTINGS = {
  security: { auth: { selectedType: 'gemini-api-key' } },
  privacy: { usageStatisticsEnabled: false },
};

// No proxy that leads nowhere: it would ask that one for its model too. With statistics off it asks nobody else.
function closedEnv({ home, baseUrl }: GeminiRun): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin',
    HOME: home,
    TMPDIR: attemptDir(home),
    GEMINI_API_KEY: 'dummy',
    GOOGLE_GEMINI_BASE_URL: baseUrl,
    GEMINI_TELEMETRY_ENABLED: 'false',
    npm_config_registry: 'http://127.0.0.1:9',
  };
}

function placed(env: Readonly<Record<string, string>>, home: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replaceAll('{attemptDir}', attemptDir(home)),
    ]),
  );
}

function attemptDir(home: string): string {
  return join(home, 'attempt');
}
