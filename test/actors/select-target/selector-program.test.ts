import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/task/commands/run-command.ts';
import { order, scratch } from './selecting.ts';

const sh = (script: string): string => `#!/bin/sh\n${script}\n`;

describe('a selector that is a program', () => {
  it('is told of task, loop, settings and history on stdin, and orders the candidates', async () => {
    const directory = scratch({ 'selector.sh': sh('cat > told.json; printf "b\\na\\nb\\n"') });
    const known = { iterations: 2, succeeded: 1, last_outcome: 'failed', last_at: '2026-11-27' };
    const { source, candidates, selected } = await order({ directory, targets: { a: known } });
    expect({ source, selected }).toEqual({ source: 'selector', selected: { target: 'b' } });
    expect(candidates.map(({ name }) => name)).toEqual(['b', 'a']);
    const told: unknown = JSON.parse(readFileSync(join(directory, 'told.json'), 'utf8'));
    expect(told).toMatchObject({
      ...{ task: 'mine', loop: 'mine', iteration: 5, workspace: directory, dry_run: false },
      settings: { interval: 300 },
      targets: { a: { ...known, failed: 1, failures_in_row: 1 } },
    });
  });

  it('may be any program with or without an ending, and one that the module names by its path', async () => {
    const python =
      '#!/usr/bin/env python3\nimport json\nprint(json.dumps({"name": "x", "score": 2}))\n';
    expect(await order({ directory: scratch({ 'selector.py': python }) })).toMatchObject({
      candidates: [{ name: 'x', score: 2, reason: null }],
    });
    const plain = scratch({ selector: sh('echo y') });
    expect(await order({ directory: plain })).toMatchObject({ target: 'y' });
    const named = scratch({ 'bin/pick': sh('echo z'), 'selector.sh': sh('echo y') });
    const definition = { selector: 'bin/pick' };
    expect(await order({ directory: named, definition })).toMatchObject({ target: 'z' });
  });

  it('that reads nothing of a large input is no trouble', async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => [
      `target-${at}`,
      { iterations: 1, succeeded: 1, last_outcome: 'succeeded', last_at: '2026-11-27' },
    ]);
    const directory = scratch({ selector: sh('exec 0<&-; echo a') });
    const { selected } = await order({ directory, targets: Object.fromEntries(many) });
    expect(selected).toEqual({ target: 'a' });
  });

  it('without candidates leaves nothing to work on', async () => {
    const { selected } = await order({ directory: scratch({ selector: sh('true') }) });
    expect(selected).toEqual({ outcome: 'no_change', reason: 'nothing is left to work on' });
  });

  it.each([
    [
      'exits with other than 0',
      'echo a; echo "no such db: hunter2" >&2; exit 3',
      /exit code 3: no such db: \[REDACTED\]\.$/,
    ],
    ['is killed', 'kill -9 $$', /was ended by SIGKILL\.$/],
    [
      'prints nothing readable',
      'printf "{\\n\\033[1m\\n"',
      /printed no candidate: line 1: it begins as JSON and is none; line 2: its name holds control/,
    ],
    ['prints without end', 'yes target', /printed more than 1 MB\.$/],
    ['prints zeros without end', 'cat /dev/zero', /printed more than 1 MB\.$/],
  ])('that %s fails the selection', async (_, script, reason) => {
    const { selected } = await order({ directory: scratch({ selector: sh(script) }) });
    expect(selected).toEqual({
      outcome: 'selection_failed',
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    [
      'cannot be executed',
      { 'selector.sh': '#!/bin/sh\necho a\n' },
      0o644,
      /is not executable: chmod \+x/,
    ],
    ['has no interpreter', { selector: '#!/no/such/interpreter\n' }, 0o755, /cannot be started/],
    [
      'is not the only one',
      { 'selector.sh': sh('echo a'), 'selector.py': sh('echo b') },
      0o755,
      /keep one of them/,
    ],
  ])('that %s fails the selection', async (_, files, mode, reason) => {
    const directory = scratch(files);
    Object.keys(files).forEach((name) => chmodSync(join(directory, name), mode));
    const { selected } = await order({ directory });
    expect(selected).toEqual({
      outcome: 'selection_failed',
      reason: expect.stringMatching(reason),
    });
  });

  it('is not a module, a note or a folder of that name', async () => {
    const directory = scratch({
      'selector.md': '# How',
      'selector.ts': 'export {}',
      'selector.d/x': '',
    });
    expect(await order({ directory })).toMatchObject({
      source: 'none',
      selected: { target: null },
    });
  });

  it('tells what it left out, and goes on with the rest', async () => {
    const { target, warnings } = await order({
      directory: scratch({ selector: sh('echo "{x"; echo a') }),
    });
    expect(target).toBe('a');
    expect(warnings).toEqual([expect.stringContaining('left out: line 1: it begins as JSON')]);
  });
});

describe('a selector that does not end', () => {
  /** Both write their pid, so that the test can see whether they live. */
  const FAMILY = `sh -c 'trap "" TERM; echo $$ > child; while :; do sleep 1; done' &
trap "" TERM HUP INT; echo $$ > parent; wait; while :; do sleep 1; done`;

  async function run(script: string, limits: { timeoutMs?: number; signal?: AbortSignal }) {
    const cwd = scratch({ selector: sh(script) });
    const file = join(cwd, 'selector');
    const { signal = new AbortController().signal, timeoutMs = 60_000 } = limits;
    return { cwd, end: await runCommand({ argv: [file], cwd, input: '{}\n', signal, timeoutMs }) };
  }

  it('is killed at its deadline with all of its group, whatever they ignore', async () => {
    const { cwd, end } = await run(FAMILY, { timeoutMs: 2_000 });
    expect(end.problem).toBe('did not end within 2 s');
    expect(['parent', 'child'].map((name) => isAlive(pidIn(cwd, name)))).toEqual([false, false]);
  });

  it('is killed when the loop stops', async () => {
    const stopped = new AbortController();
    const running = run(FAMILY, { signal: stopped.signal });
    stopped.abort();
    expect((await running).end.problem).toBe('was given up: the loop is stopping');
  });

  it('leaves nobody behind: neither in its group nor, where it was asked by a loop, in another session', async () => {
    const script =
      "setsid sh -c 'echo $$ > daemon; exec sleep 1000' & while [ ! -s daemon ]; do :; done; sleep 1000 & echo $! > job; echo a";
    const directory = scratch({ selector: sh(script) });
    const { target, warnings } = await order({ directory });
    expect({ target, warnings }).toEqual({ target: 'a', warnings: [] });
    expect(['daemon', 'job'].map((name) => isAlive(pidIn(directory, name)))).toEqual([
      false,
      false,
    ]);
  });

  function pidIn(directory: string, name: string): number {
    return Number(readFileSync(join(directory, name), 'utf8'));
  }

  /** One that nobody has waited for yet is dead, too. */
  function isAlive(pid: number): boolean {
    const stat = `/proc/${pid}/stat`;
    return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
  }
});
