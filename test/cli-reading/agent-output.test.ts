import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedLines } from '../corpus/corpus.ts';
import { DataFolder } from './data-folder.ts';
import { folder, useCommand, type Called } from './use-command.ts';

const MESSAGE = 'I wrote, read and edited notes.md.\n\n- it has a title now\n- and an end';

/** An iteration that these agents worked in, one attempt each, with what they printed. */
function iteration(agents: readonly string[], output: string, finalMessage = MESSAGE): string {
  const cwd = folder();
  const data = new DataFolder(cwd);
  data.write(data.paths.events, data.iteration(1, { outcome: 'succeeded' }));
  for (const [index, agent] of agents.entries()) {
    const attempt = join(data.paths.iterations, '000001', `attempt-${index + 1}`);
    mkdirSync(attempt, { recursive: true });
    writeFileSync(join(attempt, 'claim.json'), JSON.stringify({ ...CLAIM, agent }));
    writeFileSync(join(attempt, 'result.json'), JSON.stringify({ ...RESULT, finalMessage }));
  }
  writeFileSync(logOf(cwd), output);
  return cwd;
}

function logOf(cwd: string): string {
  return join(new DataFolder(cwd).paths.iterations, '000001.log');
}

function logs(cwd: string, options: Record<string, string | boolean> = {}): Promise<Called> {
  const globals = { task: 'prompt' };
  return useCommand('logs', { cwd, globals, options: { iteration: '1', ...options } });
}

const CLAUDE = `${recordedLines('claude', 'several-turns').join('\n')}\n`;
const CODEX = `${recordedLines('codex', 'several-steps').join('\n')}\n`;
const TOOLS = ['Write notes.md', 'Read notes.md', 'Edit notes.md', 'Bash cat notes.md'];
const SAID = ['I wrote, read and edited notes.md.', 'done: I wrote, read and edited notes.md.'];

describe('logs of an iteration', () => {
  it('tell what the agent did in a line each, and what it said at the end in full', async () => {
    const { code, out } = await logs(iteration(['claude'], CLAUDE));
    expect(code).toBe(0);
    expect(out).toBe(`${[...TOOLS, ...SAID].join('\n')}\n\n${MESSAGE}\n`);
  });

  it('count the lines that are shown', async () => {
    const { out } = await logs(iteration(['claude'], CLAUDE), { n: '3' });
    expect(out).toBe(`${['Bash cat notes.md', ...SAID].join('\n')}\n`);
  });

  it('are the bytes with --raw and --json', async () => {
    const cwd = iteration(['claude'], CLAUDE);
    expect((await logs(cwd, { raw: true })).out).toBe(CLAUDE);
    const globals = { task: 'prompt', json: true };
    const call = { cwd, globals, options: { iteration: '1' } };
    expect((await useCommand('logs', call)).out).toBe(CLAUDE);
    expect(readFileSync(logOf(cwd), 'utf8'), 'the file is left as it is').toBe(CLAUDE);
  });

  it('read what several agents printed, and what stood between', async () => {
    const both = iteration(['claude', 'codex'], `${CLAUDE}a word on stderr\n${CODEX}`, 'Done.');
    const { out } = await logs(both);
    expect(out.trimEnd().split('\n')).toEqual([
      ...[...TOOLS, ...SAID, 'a word on stderr'],
      ...['shell echo step 1', 'shell echo step 2', 'shell echo step 3', 'Three steps.', 'done'],
    ]);
  });

  it('end with a line that is not finished', async () => {
    const cut = CLAUDE.trimEnd();
    expect((await logs(iteration(['claude'], cut, ''))).out).toMatch(/done: [^\n]*\n$/);
  });

  it('say how to see what is not for people', async () => {
    const { code, out, notices } = await logs(iteration(['claude'], '{"type":"system"}\n', ''));
    expect([code, out]).toEqual([0, '']);
    expect(notices).toContain('--raw');
  });

  it.each([['command'], ['an-agent-of-tomorrow']])(
    'are as they were printed by %s',
    async (name) => {
      expect((await logs(iteration([name], CLAUDE))).out).toBe(CLAUDE);
    },
  );

  it('are as they were kept where nobody can tell who printed them', async () => {
    const cwd = iteration(['claude'], CLAUDE);
    const claim = join(new DataFolder(cwd).paths.iterations, '000001', 'attempt-1', 'claim.json');
    writeFileSync(claim, '{"torn');
    expect(await logs(cwd)).toMatchObject({ code: 0, out: CLAUDE });
  });
});

describe('show', () => {
  it('tells what the agent did last, and its final message whole', async () => {
    const cwd = iteration(['claude'], CLAUDE);
    const { out } = await useCommand('show', { cwd, globals: { task: 'prompt' }, args: ['1'] });
    expect(out).toContain('Final message\n  I wrote, read and edited notes.md.\n\n  - it has a');
    expect(out).toContain(
      `Last output\n${[...TOOLS, ...SAID].map((line) => `  ${line}\n`).join('')}`,
    );
    const globals = { task: 'prompt', json: true };
    const document = JSON.parse((await useCommand('show', { cwd, globals, args: ['1'] })).out);
    expect(document.log_tail.at(-1)).toMatch(/^\{.*"type":"result"/);
  });

  it('shows the report without its message twice', async () => {
    const cwd = iteration(['claude'], CLAUDE);
    const report = join(new DataFolder(cwd).paths.iterations, '000001', 'report.json');
    const fields = { target: 'api', status: 'partial', changes: [], message: 'Half\nof it.' };
    writeFileSync(report, JSON.stringify({ ...fields, derived: false }));
    const { out } = await useCommand('show', { cwd, globals: { task: 'prompt' }, args: ['1'] });
    expect(out).toMatch(/status +partial\n/);
    expect(out).toContain('Final message\n  Half\n  of it.\n');
    expect(out.match(/Half/g)).toHaveLength(1);
  });
});

const CLAIM = {
  ...{ format: 1, attemptId: 'r-1-1', isolation: { pid: 77, startTicks: '1', bootId: 'b' } },
  ...{ startedAtEpochMs: 1_795_000_000_000, deadlineEpochMs: 1_795_000_100_000 },
  ...{ idleTimeoutMs: 0, graceMs: 1, supervision: 'base' },
};

const RESULT = {
  ...{ format: 1, attemptId: 'r-1-1', outcome: 'succeeded', exitCode: 0, signal: null },
  ...{ startedAtEpochMs: 1_795_000_000_000, endedAtEpochMs: 1_795_000_004_000 },
  ...{ costUsd: null, tokens: null, turns: null, model: null, sessionId: null, denials: [] },
  ...{ limitResetEpochMs: null, reason: 'its result is a success', swept: [], outputBytes: 5 },
  usage: { peakMemoryBytes: null, peakProcesses: null, cpuSeconds: null },
};
