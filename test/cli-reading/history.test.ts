import { appendFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LineHistory } from '../../src/cli/history/line-history.ts';
import { DataFolder } from './data-folder.ts';
import { folder, useCommand } from './use-command.ts';

const TASK = { task: 'prompt' };
const JSON_TOO = { ...TASK, json: true };

/** Twelve iterations over two generations, with a line between that is none. */
function project(): { cwd: string; data: DataFolder } {
  const cwd = folder();
  const data = new DataFolder(cwd);
  const lines = Array.from({ length: 12 }, (_, index) => {
    const number = index + 1;
    const timestamp = `2026-11-${number <= 6 ? '22' : '23'}T1${number % 2}:30:00.000Z`;
    const bad = { 4: 'timed_out', 8: 'failed', 9: 'failed' }[number];
    return data.iteration(number, {
      outcome: bad ?? 'succeeded',
      exitCode: bad ? 151 : 0,
      duration: number,
      timestamp,
    });
  });
  data.write(`${data.paths.events}.1`, lines.slice(0, 6).flat());
  data.write(data.paths.events, ['{"torn', ...lines.slice(6).flat(), '42']);
  return { cwd, data };
}

describe('iterations', () => {
  it('shows the last ones, oldest first, over rotated files', async () => {
    const { cwd } = project();
    const { code, out } = await useCommand('iterations', { cwd, globals: TASK, args: ['7'] });
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[0]),
    ).toEqual(['#', '6', '7', '8', '9', '10', '11', '12']);
    expect(out).toMatch(/item-8\s+failed\s+1\s+8s\s+\$0\.25\s+success/);
  });

  it('keeps to the width of the terminal', async () => {
    const { cwd, data } = project();
    const long = data.event('iteration_start', {
      iteration: 13,
      details: { target: 'x'.repeat(300), candidates: [] },
    });
    appendFileSync(data.paths.events, `${long}\n`);
    const { out } = await useCommand('iterations', { cwd, globals: TASK, columns: 80 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toMatch(/13 .*x…\s+open/);
  });

  it('are records as JSON', async () => {
    const { cwd } = project();
    const { out } = await useCommand('iterations', { cwd, globals: JSON_TOO, args: ['1'] });
    expect(JSON.parse(out)).toMatchObject([
      {
        iteration: 12,
        target: 'item-12',
        outcome: 'succeeded',
        attempts: 1,
        cost_usd: 0.25,
        reason: 'because succeeded',
      },
    ]);
  });

  it('say how to begin where there are none, and refuse what is no number', async () => {
    const cwd = folder();
    const empty = await useCommand('iterations', { cwd, globals: TASK });
    expect([empty.code, empty.out]).toEqual([0, '']);
    expect(empty.notices).toMatch(/no iterations yet.*autoloop run/);
    expect((await useCommand('iterations', { cwd, globals: TASK, args: ['x'] })).code).toBe(2);
  });
});

describe('events', () => {
  it('are the lines as they lie on disk, malformed ones left out', async () => {
    const { cwd } = project();
    const { out } = await useCommand('events', { cwd, globals: JSON_TOO });
    const seqs = out
      .trim()
      .split('\n')
      .map((line): number => JSON.parse(line).seq);
    expect(seqs).toEqual(Array.from({ length: 48 }, (_, index) => index + 1));
  });

  it('are filtered by type, iteration, time and number', async () => {
    const { cwd } = project();
    const count = async (options: Record<string, string>): Promise<number> => {
      const { out } = await useCommand('events', { cwd, globals: JSON_TOO, options });
      return out.split('\n').filter(Boolean).length;
    };
    expect(await count({ type: 'iteration_end' })).toBe(12);
    expect(await count({ type: 'iteration_start,iteration_end', iteration: '7' })).toBe(2);
    expect(await count({ since: '2026-11-23T00:00:00Z' })).toBe(24);
    expect(await count({ until: '2026-11-22T23:59:59Z' })).toBe(24);
    expect(await count({ since: '2026-11-22T00:00:00Z', until: '2026-11-22T23:00:00Z' })).toBe(24);
    expect(await count({ type: 'worker_start, worker_end', since: '2026-11-23' })).toBe(12);
    expect(await count({ run: '20261123T100000-abcdef', type: 'iteration_end' })).toBe(12);
    expect(await count({ run: 'another' })).toBe(0);
    expect(await count({ n: '3' })).toBe(3);
    expect(await count({ n: '0' })).toBe(0);
  });

  it('are a readable line each', async () => {
    const { cwd } = project();
    const { out } = await useCommand('events', { cwd, globals: TASK, options: { n: '1' } });
    expect(out).toMatch(
      /#12 {2}iteration_end +outcome=succeeded {2}target=item-12 .*took 12s {2}exit 0/,
    );
  });

  it.each([{ type: 'nonsense' }, { since: 'yesterday' }, { until: 'never' }, { n: '-1' }])(
    'refuse %j with 150',
    async (options) => {
      const { code, notices } = await useCommand('events', {
        cwd: folder(),
        globals: TASK,
        options,
      });
      expect(code).toBe(150);
      expect(notices).toMatch(/Allowed|Events:|Give a number/);
    },
  );
});

describe('logs', () => {
  const line = (number: number): string =>
    JSON.stringify({
      level: number === 300 ? 40 : 30,
      time: '2026-11-23T10:00:00.000Z',
      loop: 'prompt',
      pid: 1,
      iteration: number,
      msg: `line ${number}`,
    });

  it('show the last 200 lines of the loop log, or as many as asked for', async () => {
    const { cwd, data } = project();
    data.write(
      data.paths.log,
      Array.from({ length: 300 }, (_, index) => line(index + 1)),
    );
    const { out } = await useCommand('logs', { cwd, globals: TASK });
    expect(out.trim().split('\n')).toHaveLength(200);
    expect(out).toMatch(/WARN +line 300 +iteration=300\n$/);
    const two = await useCommand('logs', { cwd, globals: TASK, options: { n: '2' } });
    expect(two.out.trim().split('\n')).toHaveLength(2);
  });

  it('say of a loop that has run and had nothing to warn of where to look, not how to begin', async () => {
    const { cwd, data } = project();
    data.snapshot({ running: 'working' }, { iteration: 1 });
    const { code, notices } = await useCommand('logs', { cwd, globals: TASK });
    expect([code, notices]).toEqual([
      0,
      expect.stringMatching(/nothing to warn of.*autoloop events/),
    ]);
    const never = await useCommand('logs', { cwd: folder(), globals: TASK });
    expect(never.notices).toMatch(/no log yet\. Begin with: autoloop run/);
  });

  it('show the output of an iteration as it was kept', async () => {
    const { cwd, data } = project();
    writeFileSync(join(data.paths.iterations, '000007.log'), 'one\ntwo\u001b[31m\nthree');
    const whole = await useCommand('logs', { cwd, globals: TASK, options: { iteration: '7' } });
    expect(whole.out).toBe('one\ntwo\u001b[31m\nthree');
    const tail = await useCommand('logs', {
      cwd,
      globals: TASK,
      options: { iteration: '7', n: '1' },
    });
    expect(tail.out).toBe('three');
    const ended = await useCommand('logs', {
      cwd,
      globals: TASK,
      options: { iteration: '7', follow: true },
    });
    expect(ended).toMatchObject({ code: 0, out: 'one\ntwo\u001b[31m\nthree' });
    expect(
      (await useCommand('logs', { cwd, globals: TASK, options: { iteration: '99' } })).code,
    ).toBe(150);
  });
});

describe('a history of lines', () => {
  it('is followed over rotation and truncation, with no line missing or twice', async () => {
    const path = join(folder(), 'log');
    writeFileSync(path, 'a\nb\nunfin');
    const history = new LineHistory(path);
    expect(history.last(1)).toEqual(['b']);
    const controller = new AbortController();
    const lines = history.follow(controller.signal);
    const next = async (): Promise<unknown> => (await lines.next()).value;
    appendFileSync(path, 'ished\nc\n');
    expect([await next(), await next()]).toEqual(['unfinished', 'c']);
    appendFileSync(path, 'd\n');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'e\n');
    expect([await next(), await next()]).toEqual(['d', 'e']);
    truncateSync(path, 0);
    const afterTruncation = next();
    setTimeout(() => appendFileSync(path, 'f\n'), 1500);
    expect(await afterTruncation).toBe('f');
    controller.abort();
    expect((await lines.next()).done).toBe(true);
    history.close();
  });

  it('may begin before there is a file', async () => {
    const path = join(folder(), 'log');
    const history = new LineHistory(path);
    expect(history.isEmpty).toBe(true);
    const lines = history.follow(new AbortController().signal);
    const first = lines.next();
    writeFileSync(path, 'a\n');
    expect((await first).value).toBe('a');
    await lines.return(undefined);
    history.close();
  });
});

describe('show', () => {
  it('tells one iteration whole', async () => {
    const { cwd, data } = project();
    const attempt = join(data.paths.iterations, '000008', 'attempt-1');
    mkdirSync(attempt, { recursive: true });
    writeFileSync(join(attempt, 'claim.json'), JSON.stringify(CLAIM));
    writeFileSync(join(attempt, 'result.json'), JSON.stringify(RESULT));
    writeFileSync(join(data.paths.iterations, '000008', 'prompt.md'), '# Do it\n');
    writeFileSync(join(data.paths.iterations, '000008.log'), 'said\n');
    const { code, out } = await useCommand('show', { cwd, globals: TASK, args: ['8'] });
    expect(code).toBe(0);
    for (const part of [
      'Iteration 8  failed',
      'item-8',
      'Attempt 1',
      'pid 77',
      'failed, exit code 3',
      '# Do it',
      'said',
      '- a.ts',
    ]) {
      expect(out).toContain(part);
    }
    const whole = await useCommand('show', { cwd, globals: JSON_TOO, args: ['8'] });
    expect(JSON.parse(whole.out)).toMatchObject({
      ...{ iteration: 8, outcome: 'failed', log_tail: ['said'], prompt: { text: '# Do it\n' } },
      attempt_files: [{ attempt: 1, claim: CLAIM, result: RESULT }],
    });
  });

  it('refuses an iteration that is not there, naming the last one', async () => {
    const { cwd } = project();
    const { code, notices } = await useCommand('show', { cwd, globals: TASK, args: ['99'] });
    expect(code).toBe(150);
    expect(notices).toMatch(/its last one is 12[\s\S]*autoloop iterations/);
  });
});

describe('json', () => {
  async function view(...args: string[]) {
    const { cwd } = project();
    const { code, out } = await useCommand('json', { cwd, globals: TASK, args });
    expect(code).toBe(0);
    return JSON.parse(out);
  }

  it('counts hours and days over all kept events', async () => {
    expect(await view('daily')).toEqual([
      { day: '2026-11-22', count: 6, ok: 5, timeout: 1, avg_duration: 3.5 },
      { day: '2026-11-23', count: 6, ok: 4, timeout: 0, avg_duration: 9.5 },
    ]);
    expect((await view('hourly')).map(({ hour }: { hour: string }) => hour)).toContain(
      '2026-11-22T11',
    );
  });

  it('lists what is recent and what failed, newest first', async () => {
    expect(
      (await view('recent', '2')).map(({ iteration }: { iteration: number }) => iteration),
    ).toEqual([12, 11]);
    expect(await view('errors')).toMatchObject([
      { iteration: 9 },
      { iteration: 8 },
      { iteration: 4, outcome: 'timed_out' },
    ]);
    expect(await view('error-breakdown')).toMatchObject([
      { outcome: 'failed', class: 'agent', count: 2 },
      { outcome: 'timed_out', count: 1 },
    ]);
  });

  it('measures durations', async () => {
    expect(await view('durations')).toEqual({
      count: 12,
      min: 1,
      avg: 6.5,
      p50: 6,
      p90: 10,
      p95: 11,
      p99: 11,
      max: 12,
    });
  });

  it('rebuilds the summary from events', async () => {
    const { cwd } = project();
    const { out } = await useCommand('json', {
      cwd,
      globals: TASK,
      args: ['summary'],
      options: { rebuild: true },
    });
    expect(JSON.parse(out)).toMatchObject({
      total_iterations: 12,
      successful_iterations: 9,
      outcomes: { failed: 2 },
      cost: { usd: 3 },
      quality: { validation_pass_rate: null, rollback_frequency: 0 },
    });
  });

  it('rebuilds how work was judged from events', async () => {
    const cwd = folder();
    const data = new DataFolder(cwd);
    const took = (number: number, validation: boolean | null, ...more: string[]): string[] => {
      const [begin = '', ...rest] = data.iteration(number, {
        outcome: validation === false ? 'validation_failed' : 'succeeded',
        validation,
      });
      return [begin, ...more, ...rest];
    };
    const back = (iteration: number): string =>
      data.event('rollback', {
        iteration,
        details: { ref: `refs/autoloop/discarded/${iteration}` },
      });
    const lines = [
      ...took(1, true),
      ...took(2, false, back(2)),
      ...took(3, null, back(3)),
      ...took(4, true),
    ];
    const numbered = lines.map((line, index) =>
      JSON.stringify({ ...JSON.parse(line), seq: index + 1 }),
    );
    data.write(data.paths.events, numbered);
    const rebuilt = await useCommand('json', {
      cwd,
      globals: TASK,
      args: ['summary'],
      options: { rebuild: true },
    });
    expect(JSON.parse(rebuilt.out)).toMatchObject({
      quality: { validation_pass_rate: 2 / 3, rollback_frequency: 0.5 },
    });
    const { out } = await useCommand('iterations', { cwd, globals: JSON_TOO, args: ['3'] });
    expect(JSON.parse(out)).toMatchObject([
      { validation: false, rollback: 'refs/autoloop/discarded/2', commit: null },
      { rollback: 'refs/autoloop/discarded/3' },
      { validation: true, rollback: null },
    ]);
  });

  it.each([
    'summary',
    'recent',
    'inflight',
    'durations',
    'errors',
    'error-breakdown',
    'hourly',
    'daily',
  ])('has a document for a loop that never ran: %s', async (name) => {
    const { code, out } = await useCommand('json', { cwd: folder(), globals: TASK, args: [name] });
    expect(code).toBe(0);
    expect(typeof JSON.parse(out)).toBe('object');
  });

  it('refuses what it does not know with 2', async () => {
    const { code, notices } = await useCommand('json', {
      cwd: folder(),
      globals: TASK,
      args: ['weekly'],
    });
    expect(code).toBe(2);
    expect(notices).toMatch(/summary, recent/);
  });
});

const CLAIM = {
  ...{
    format: 1,
    attemptId: 'r-8-1',
    isolation: { pid: 77, startTicks: '1', bootId: 'b' },
    agent: 'command',
  },
  ...{
    startedAtEpochMs: 1_795_000_000_000,
    deadlineEpochMs: 1_795_000_100_000,
    idleTimeoutMs: 0,
    graceMs: 1,
    supervision: 'base',
  },
};

const RESULT = {
  ...{ format: 1, attemptId: 'r-8-1', outcome: 'failed', exitCode: 3, signal: null },
  ...{
    startedAtEpochMs: 1_795_000_000_000,
    endedAtEpochMs: 1_795_000_004_000,
    costUsd: null,
    tokens: null,
    turns: null,
  },
  ...{
    model: null,
    sessionId: null,
    denials: [],
    limitResetEpochMs: null,
    finalMessage: 'said',
    reason: 'exit code 3',
  },
  ...{
    swept: [],
    usage: { peakMemoryBytes: null, peakProcesses: null, cpuSeconds: null },
    outputBytes: 5,
  },
};
