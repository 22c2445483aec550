import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { FoundLoops } from '../../src/cli/inspect/found-loops.ts';
import { PatientLooks } from '../../src/cli/inspect/patient-looks.ts';
import type { LoopView, PageNews } from '../../src/inspect/page-news.ts';
import { dataPaths } from '../../src/stores/data-paths.ts';
import { DataFolder } from './data-folder.ts';
import { folder } from './use-command.ts';

const SECRET = 'hunter2-and-much-more';
const VENDOR_SECRET = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz012345';

/** A loop that died at work, with what must not be seen wherever it could be. */
function deadLoop(): string {
  const cwd = folder();
  const data = new DataFolder(cwd);
  const said = `it said ${SECRET} and ${VENDOR_SECRET}`;
  data.write(data.paths.events, [
    ...data.iteration(1, { outcome: 'succeeded', validation: true }),
    data.event('validation', {
      ...{ iteration: 2, duration: 4 },
      details: {
        gate: 'tests',
        passed: false,
        reason: said,
        tests: { ran: 9, failed: 2 },
        retried: true,
      },
    }),
    data.event('warning', { iteration: 2, details: { code: 'odd', message: said } }),
  ]);
  data.snapshot(
    { running: 'working' },
    {
      iteration: 2,
      workMark: said,
      worker: { pid: 7, agent: 'command', attempt: 1, sinceEpochMs: 1, supervision: 'base' },
      totals: {
        iterations: 1,
        succeeded: 1,
        failed: 0,
        costUsd: 0.5,
        tokens: null,
        costIsEstimated: false,
      },
    },
  );
  writeFileSync(join(data.paths.iterations, '000002.log'), `first line\n${said}\nlast line\n`);
  return cwd;
}

function watch(cwd: string, loop: string): { loops: FoundLoops; told: PageNews[] } {
  const context: CliContext = {
    globals: {
      ...{ task: null, prompt: null, name: null, root: null, data: null, workspace: null },
      ...{ json: false, quiet: false, verbose: false },
    },
    environment: { MY_PASSWORD: SECRET, PATH: '/usr/bin:/bin' },
    cwd,
    terminal: {
      ...{ write: () => {}, notice: () => {}, outlive: () => {} },
      ...{ isInteractive: false, hasColor: false, columns: 80 },
    },
  };
  const loops = new FoundLoops(context);
  const told: PageNews[] = [];
  const watching = loops.watch(loop, (news) => told.push(news));
  onTestFinished(() => watching.end());
  return { loops, told };
}

function kindsIn(told: readonly PageNews[]): Set<string> {
  return new Set(told.map(({ kind }) => kind));
}

async function viewIn(told: readonly PageNews[]): Promise<LoopView> {
  await expect.poll(() => kindsIn(told)).toContain('loop');
  const news = told.findLast((one) => one.kind === 'loop');
  if (!news?.loop) {
    throw new Error('No loop is told.');
  }
  return news.loop;
}

describe('the loops of a data folder, as a page is told of them', () => {
  it('tells all that is kept of a dead one: how it died, its gates, its caps and how to go on', async () => {
    const { told } = watch(deadLoop(), 'prompt');
    const view = await viewIn(told);
    expect(view).toMatchObject({
      ...{ loop: 'prompt', tone: 'bad', runner: 'none', trouble: null },
      command: 'autoloop resume --prompt PROMPT.md',
      gates: {
        iteration: 2,
        runs: [{ gate: 'tests', passed: false, tests: { ran: 9, failed: 2 }, seconds: 4 }],
      },
      recent: [{ iteration: 1, outcome: 'succeeded', group: 'succeeded', target: 'item-1' }],
    });
    expect(view.caps).toContainEqual({ name: 'Iterations', text: '1 of 5', part: 0.2 });
    expect(view.why).toContain('Its runner left it on purpose');
  });

  it('tells the machine, the events and the output of one that nobody plays', async () => {
    const { told } = watch(deadLoop(), 'prompt');
    await expect
      .poll(() => kindsIn(told))
      .toEqual(new Set(['loops', 'loop', 'saved', 'events', 'output']));
    expect(told).toContainEqual({
      kind: 'loops',
      loops: [expect.objectContaining({ loop: 'prompt', tone: 'bad', isRunning: false })],
    });
    expect(told.find(({ kind }) => kind === 'saved')).toMatchObject({
      saved: { machine: { active: ['running', 'running.working'], context: { iteration: 2 } } },
    });
    expect(told.find(({ kind }) => kind === 'output')).toMatchObject({
      output: { iteration: 2, lines: ['first line', expect.any(String), 'last line'] },
    });
  });

  it('tells no secret, wherever it lies', async () => {
    const { loops, told } = watch(deadLoop(), 'prompt');
    await expect.poll(() => kindsIn(told).size).toBe(5);
    const text = JSON.stringify([told, await loops.history('prompt')]);
    expect(text.split('[REDACTED').length).toBeGreaterThan(6);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(VENDOR_SECRET);
  });

  it('does not call a runner silent that only begins or ends', async () => {
    const { told } = watch(deadLoop(), 'prompt');
    const view = await viewIn(told);
    if (view.status === null) {
      throw new Error('It cannot be read.');
    }
    const [answers, silent] = (['answers', 'silent'] as const).map((runner) => ({
      loop: 'prompt',
      reading: { ...NOTHING_MORE, status: view.status!, runner },
    }));
    const looks = new PatientLooks();
    expect(looks.at([silent!], 0)).toEqual([silent]);
    expect(looks.at([answers!], 1_000)).toEqual([answers]);
    expect(looks.at([silent!], 2_000)).toEqual([answers]);
    expect(looks.at([silent!], 2_500)).toEqual([answers]);
    expect(looks.at([silent!], 3_000)).toEqual([silent]);
    expect(looks.at([answers!], 4_000)).toEqual([answers]);
    expect(looks.at([silent!], 5_000)).toEqual([answers]);
  });

  it('tells events as they are recorded, and a loop that comes to be while the page is open', async () => {
    const cwd = folder();
    const { told } = watch(cwd, 'prompt');
    await expect.poll(() => told).toContainEqual({ kind: 'loop', loop: null });
    const data = new DataFolder(cwd);
    data.write(data.paths.events, [data.event('signal', { details: { name: 'SIGINT' } })]);
    await expect.poll(() => kindsIn(told), PATIENTLY).toContain('events');
    writeFileSync(
      dataPaths(data.paths.directory).events,
      `${data.event('signal', { details: { name: 'SIGTERM' } })}\n`,
      { flag: 'a' },
    );
    await expect
      .poll(() => told.flatMap((news) => (news.kind === 'events' ? news.events : [])), PATIENTLY)
      .toMatchObject([{ details: { name: 'SIGINT' } }, { details: { name: 'SIGTERM' } }]);
  });
});

const NOTHING_MORE = {
  ...{ departure: null, isWorkerAlive: null, message: null, fix: null, recovered: null },
  ...{ crashes: null, asked: {} },
};

/** The machine may be busy. */
const PATIENTLY = { timeout: 10_000 };
