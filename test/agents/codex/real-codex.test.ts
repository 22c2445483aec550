import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { AgentRequest, AgentSession, AgentVerdict } from '../../../src/agents/agent.ts';
import { codex } from '../../../src/agents/codex/codex.ts';
import {
  startResponsesApi,
  type ResponsesApi,
} from '../../mocks/responses-api/start-responses-api.ts';
import { findCodexBinary } from '../../tools/codex-binary.ts';
import { codexEnv } from '../../tools/codex-env.ts';
import { EXIT_0 } from '../contract.ts';

const binary = findCodexBinary();

/** The plan, taken by the real Codex with a mock as its model. */
describe.skipIf(binary === null)(
  'the real Codex',
  () => {
    it.concurrent.each(codex.permissionModes ?? [])(
      'takes the plan with permission mode %s',
      async (permissionMode) => {
        await using place = await settle();
        const verdict = await place.run('hello', {
          wishes: {
            permissionMode,
            model: 'gpt-5.6-luna',
            allowedTools: ['Read', 'Bash(git log *)'],
          },
        });
        expect(verdict).toMatchObject({ outcome: 'succeeded', finalMessage: 'Hello.' });
        expect(place.api.turns[0]?.request.body?.model).toBe('gpt-5.6-luna');
      },
    );

    it.concurrent('edits files in its workspace', async () => {
      await using place = await settle();
      expect(await place.run('edits-notes')).toMatchObject({
        outcome: 'succeeded',
        denials: [],
      });
      expect(await place.notes()).toBe('Improved 1 times.\n');
    });

    it.concurrent('changes nothing where no allowed tool may', async () => {
      await using place = await settle();
      expect(
        await place.run('edits-notes', { wishes: { allowedTools: ['Read', 'Grep'] } }),
      ).toMatchObject({
        outcome: 'permission_denied',
        denials: ['apply_patch'],
      });
      await expect(place.notes()).rejects.toThrow('ENOENT');
    });

    it.concurrent('keeps model and sandbox of the plan when it goes on with a session', async () => {
      await using place = await settle();
      const wishes = { model: 'gpt-5.6-luna' };
      const first = await place.run('hello', { wishes });
      const session = { id: first.sessionId ?? '', spent: first.sessionSpent };
      const second = await place.run('edits-notes', { wishes, session });
      expect(second).toMatchObject({
        outcome: 'succeeded',
        sessionId: first.sessionId,
        tokens: { in: 2000, out: 100, cached: 0 },
      });
      expect(place.api.turns.at(-1)?.request.body?.model).toBe('gpt-5.6-luna');
      expect(await place.notes()).toBe('Improved 1 times.\n');
    });

    it.concurrent('takes a prompt of 200 kB', async () => {
      await using place = await settle();
      const prompt = 'Improve notes.md. '.repeat(11_400);
      expect(await place.run('hello', { prompt })).toMatchObject({ outcome: 'succeeded' });
      expect(place.api.turns[0]?.prompt).toBe(prompt.trim());
    });

    it.concurrent('gives up a service that cannot be reached', async () => {
      await using place = await settle();
      await place.api.close();
      expect(await place.run('hello')).toMatchObject({ outcome: 'network_failed' });
    });
  },
  90_000,
);

interface Place extends AsyncDisposable {
  readonly api: ResponsesApi;
  run(scenario: string, attempt?: Attempt): Promise<AgentVerdict>;
  /** What the agent wrote. */
  notes(): Promise<string>;
}

interface Attempt {
  readonly wishes?: Partial<AgentRequest>;
  readonly session?: AgentSession;
  readonly prompt?: string;
}

async function settle(): Promise<Place> {
  const home = await mkdtemp(join(tmpdir(), 'real-codex-'));
  const cwd = join(home, 'project');
  await mkdir(cwd);
  const api = await startResponsesApi();
  return {
    api,
    run: async (scenario, attempt = {}) => {
      const env = await codexEnv({ home, baseUrl: api.url(scenario), patience: FEW_RETRIES });
      return runIn(cwd, env, attempt);
    },
    notes: () => readFile(join(cwd, 'notes.md'), 'utf8'),
    [Symbol.asyncDispose]: async () => {
      await api.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const FEW_RETRIES = { request_max_retries: 0, stream_max_retries: 1 };

async function runIn(
  cwd: string,
  place: Readonly<Record<string, string>>,
  { wishes = {}, session, prompt = 'Improve notes.md.\n' }: Attempt,
): Promise<AgentVerdict> {
  const { args, env } = codex.plan({ ...REQUEST, ...wishes, resumes: session?.id ?? null });
  const child = spawn(binary ?? '', args, { cwd, env: { ...place, ...env } });
  child.stdin.end(prompt);
  const [stdout, stderrTail] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const reader = codex.createReader(session);
  stdout.split('\n').forEach((line) => reader.read(line));
  const { exitCode, signalCode: signal } = child;
  return reader.conclude({ ...EXIT_0, exitCode, signal, stderrTail });
}

const REQUEST: AgentRequest = {
  maxTurns: 20,
  model: null,
  allowedTools: [],
  permissionMode: 'acceptEdits',
  timeoutMs: 60_000,
  asRoot: process.getuid?.() === 0,
  resumes: null,
  budgetUsd: null,
};
