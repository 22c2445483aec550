import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/task/parse-report.ts';
import { scratch } from '../task/scratch.ts';

const DEMO = fileURLToPath(new URL('../../tasks/demo/', import.meta.url));
const AGENT = join(DEMO, 'stand-in-agent.mjs');
const ITEMS = [
  '--name NAME greets somebody by name',
  '--shout greets in capital letters',
  '--help tells the options',
];

describe('the stand-in agent', () => {
  it('builds the sample program in three iterations, one item each', () => {
    const folder = sample();
    const reports = ITEMS.map((item) => parseReport(work(folder, item).stdout));
    expect(reports.map(({ target, status, next }) => ({ target, status, next }))).toEqual([
      { target: ITEMS[0], status: 'success', next: ITEMS[1] },
      { target: ITEMS[1], status: 'success', next: ITEMS[2] },
      { target: ITEMS[2], status: 'complete', next: 'nothing' },
    ]);
    expect(reports[0]?.changes).toEqual(['hello.mjs: --name', 'PRD.md: checked off']);
    expect(read(folder, 'PRD.md').match(/^- \[x\] /gm)).toHaveLength(3);
    expect(hello(folder)).toBe('Hello, world!\n');
    expect(hello(folder, '--name', 'Ada', '--shout')).toBe('HELLO, ADA!\n');
    expect(hello(folder, '--name')).toBe('Hello, you!\n');
    expect(hello(folder, '--help')).toMatch(/^Usage: hello\.mjs \[--name NAME\]/);
  });

  it('says that it stands in for a real one', () => {
    expect(work(sample(), ITEMS[0]).stdout).toMatch(
      /^Stand-in agent: I am a small script, no model\./,
    );
  });

  it('takes the first open item where the prompt names none', () => {
    expect(parseReport(work(sample(), null).stdout).target).toBe(ITEMS[0]);
  });

  it('changes nothing where its item is done, and says so', () => {
    const folder = sample();
    work(folder, ITEMS[0]);
    const before = read(folder, 'hello.mjs');
    expect(parseReport(work(folder, ITEMS[0]).stdout)).toMatchObject({
      status: 'no_change',
      changes: [],
    });
    expect(read(folder, 'hello.mjs')).toBe(before);
  });

  it('fails where it cannot do it, and checks nothing off', () => {
    const folder = sample();
    writeFileSync(join(folder, 'hello.mjs'), 'console.log("rewritten");\n');
    const { status, stdout } = work(folder, ITEMS[0]);
    expect(status).toBe(1);
    expect(parseReport(stdout)).toMatchObject({
      status: 'failed',
      issues: [expect.stringMatching(/no longer the sample/)],
    });
    expect(read(folder, 'PRD.md')).not.toContain('[x]');
    expect(parseReport(work(folder, 'something else').stdout).status).toBe('failed');
  });

  it.each([
    ['before it began', 'Item: '],
    ['before its edit', 'Editing hello.mjs:'],
    ['after its edit', 'Trying it: '],
    ['before it checked off', 'It works. '],
    ['after its report', '```json'],
  ])('finishes what is left after it was killed %s', async (_, line) => {
    const folder = sample();
    await workUntil(folder, line);
    expect(read(folder, 'hello.mjs')).toMatch(/console\.log\(greeting\);\n$/);
    expect(work(folder, ITEMS[0]).status).toBe(0);
    const undisturbed = sample();
    work(undisturbed, ITEMS[0]);
    expect(contents(folder)).toEqual(contents(undisturbed));
  });
});

function sample(): string {
  return scratch(
    Object.fromEntries(
      ['PRD.md', 'hello.mjs'].map((name) => [name, read(join(DEMO, 'sample'), name)]),
    ),
  );
}

function promptFor(item: string | null): string {
  return item === null
    ? 'Work.'
    : `A summary.\n\nThis iteration's item of PRD.md: ${item}\n\nWork.`;
}

function work(folder: string, item: string | null = null) {
  const args = [AGENT, '--pace', '0'];
  return spawnSync(process.execPath, args, {
    cwd: folder,
    input: promptFor(item),
    encoding: 'utf8',
  });
}

/** Kills it as soon as it printed that line. */
async function workUntil(folder: string, start: string): Promise<void> {
  const agent = spawn(process.execPath, [AGENT, '--pace', '50'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => agent.once('close', resolve));
  agent.stdin.end(promptFor(ITEMS[0] ?? null));
  for await (const line of createInterface({ input: agent.stdout })) {
    if (line.startsWith(start)) {
      agent.kill('SIGKILL');
    }
  }
  await ended;
}

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, read(folder, name)]),
  );
}

function hello(folder: string, ...args: string[]): string {
  return execFileSync(process.execPath, ['hello.mjs', ...args], { cwd: folder, encoding: 'utf8' });
}
