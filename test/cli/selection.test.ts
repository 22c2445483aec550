import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rebuiltSummary } from '../../src/cli/history/summary-figures.ts';
import { dataPaths } from '../../src/stores/data-paths.ts';
import { eventually } from '../crash/crash-rig.ts';
import { kill } from '../crash/end-project.ts';
import { useProject, type CliProject } from './cli-project.ts';

const FLAGS = ['--agent', 'command', '--agent-command', './agent.sh', '--interval', '0'];
const ON = ['--name', 'prompt', '--task', 'works'];

const FAILS_ON_BAD = '[ "$AUTOLOOP_TARGET" != bad ] || exit 1; echo done';

/** A project with one task; its agent fails on the target `bad`. */
function useTask(module: string, selector?: string, agent = FAILS_ON_BAD): CliProject {
  const project = useProject(agent);
  mkdirSync(project.path('tasks', 'works', 'prompts'), { recursive: true });
  writeFileSync(project.path('tasks', 'works', 'prompts', 'works.md'), '# Work\n');
  writeFileSync(project.path('tasks', 'works', 'task.ts'), module);
  if (selector !== undefined) {
    const file = project.path('tasks', 'works', 'selector.sh');
    writeFileSync(file, `#!/bin/sh\n${selector}\n`);
    chmodSync(file, 0o755);
  }
  return project;
}

function targets(project: CliProject): unknown[] {
  return project.eventsNamed('iteration_start').map(({ details }) => details['target']);
}

describe('a loop whose task offers targets', () => {
  const OFFERS = `export default {
    targets: () => [{ name: 'bad', need: 1, priority: 1 }, { name: 'good', need: 0.2 }],
    scoring: { cooldownIterations: 0 },
    isComplete: ({ iteration }) => iteration === 5,
  };\n`;

  it('quarantines who fails three times, tells it, goes on with the others, and ends with 157', async () => {
    const project = useTask(OFFERS);
    const { code, out } = await project.call(
      'run',
      ...ON,
      ...FLAGS,
      '--breaker-failures',
      '0',
      '--breaker-same-error',
      '0',
      '--breaker-same-target',
      '0',
    );
    expect(code, out).toBe(157);
    expect(targets(project)).toEqual(['bad', 'bad', 'bad', 'good', 'good']);
    const summary: { targets: object } = JSON.parse(
      readFileSync(project.data('summary.json'), 'utf8'),
    );
    expect(summary.targets).toMatchObject({
      bad: { iterations: 3, succeeded: 0, failed: 3, failures_in_row: 3, last_iteration: 3 },
      good: { iterations: 2, succeeded: 2, failures_in_row: 0, last_iteration: 5 },
    });
    const rebuilt = rebuiltSummary(dataPaths(project.data()));
    expect(rebuilt).not.toBeNull();
    expect(withoutDuration(rebuilt ?? { targets: {} })).toEqual(withoutDuration(summary));
    const explained = await project.call('select', '--explain', ...ON);
    expect(explained).toMatchObject({ code: 0 });
    expect(explained.out).toMatch(/Iteration 6 would work on good, by score\./);
    expect(explained.out).toMatch(
      /exploration +0\.\d\d +× 6 +\d\.\d\d +need × a drawn chance \(2 good, 0 failed\)/,
    );
    expect(explained.out).toMatch(/bad +quarantined: it failed 3 times in a row/);
  });

  it('says that no target is left where all are quarantined', async () => {
    const project = useTask(`export default { targets: () => ['bad'] };\n`);
    for (let once = 0; once < 3; once += 1) {
      expect((await project.call('once', ...ON, ...FLAGS)).code).toBe(151);
    }
    expect((await project.call('once', ...ON, ...FLAGS)).code).toBe(157);
    expect(project.eventsNamed('iteration_skip').map(({ details }) => details['reason'])).toEqual([
      expect.stringMatching(/^no target is left to choose: 1 quarantined: bad \(it failed 3 times/),
    ]);
    const { code, out } = await project.call('select', ...ON);
    expect({ code, out }).toMatchObject({
      code: 157,
      out: expect.stringContaining('no target is left'),
    });
  });
});

describe('a loop whose task tells how far its targets are', () => {
  /** What is told stands in a file: `{"a": 1, "b": 0.8}`, and is completion, quality and documentation in one. */
  const MATURING = `import { readFileSync } from 'node:fs';
  const far = (workspace) => JSON.parse(readFileSync(workspace + '/far.json', 'utf8'));
  export default {
    targets: ({ workspace }) => Object.entries(far(workspace)).map(([name, share]) => ({
      name, need: 0, priority: name === 'a' ? 1 : 0,
      maturity: { completion: share, quality: share, documentation: share },
    })),
    scoring: { cooldownIterations: 0 },
    isComplete: ({ workspace }) => Object.keys(far(workspace)).includes('end'),
  };\n`;

  interface Told {
    readonly target: string | null;
    readonly skip: { readonly outcome: string; readonly reason: string } | null;
    readonly candidates: readonly { readonly name: string; readonly graduation: object }[];
    readonly left_out: readonly { readonly name: string; readonly graduation: object }[];
  }

  it('leaves out who graduates, takes it back when it regresses, and has nothing to do when all did', async () => {
    const project = useTask(MATURING);
    const told = async (): Promise<Told> =>
      JSON.parse((await project.call('select', '--json', ...ON)).out);
    project.write('far.json', '{"a": 1, "b": 0.8}');
    expect(await told()).toMatchObject({ target: 'a', left_out: [] });
    expect((await project.call('once', ...ON, ...FLAGS)).code).toBe(0);
    const graduated = await told();
    expect(graduated).toMatchObject({
      target: 'b',
      left_out: [{ name: 'a', why: 'graduated', graduation: { score: 1, graduated: true } }],
      candidates: [{ name: 'b', graduation: { score: null, graduated: false, threshold: 0.9 } }],
    });
    expect((await project.call('once', ...ON, ...FLAGS)).code).toBe(0);
    const explained = await project.call('select', '--explain', ...ON);
    expect(explained.out).toMatch(
      /graduation 0\.86 of 0\.9: completion 0\.8 × 0\.3, stability 1 × 0\.3, quality 0\.8 × 0\.2/,
    );
    expect(explained.out).toMatch(/a +graduated: 1 of 0\.9: completion 1 × 0\.3/);

    project.write('far.json', '{"a": 0.8, "b": 1}');
    expect(await told()).toMatchObject({ target: 'a', left_out: [{ name: 'b' }] });
    expect((await project.call('once', ...ON, ...FLAGS)).code).toBe(0);

    project.write('far.json', '{"a": 1, "b": 1}');
    expect(await told()).toMatchObject({
      target: null,
      skip: { outcome: 'no_change', reason: 'all 2 targets have graduated' },
    });
    expect((await project.call('run', ...ON, ...FLAGS, '--max', '2')).code).toBe(0);
    expect(project.outcomes()).toEqual([
      ...['succeeded', 'succeeded', 'succeeded'],
      ...['no_change', 'no_change'],
    ]);
    expect(targets(project)).toEqual(['a', 'b', 'a', null, null]);

    project.write('far.json', '{"a": 1, "b": 1, "end": 0}');
    expect((await project.call('run', ...ON, ...FLAGS)).code).toBe(0);
    expect(targets(project).at(-1)).toBe('end');
    expect(project.eventsNamed('loop_end').at(-1)?.details).toMatchObject({ reason: 'complete' });
  });
});

describe('a loop whose task has a selector', () => {
  it('works on its first candidate, hands it the history, and skips the iteration where it fails', async () => {
    const script =
      'cat > told.json; [ ! -e broken ] || { echo "lost its database" >&2; exit 4; }; printf "web\\napi\\n"';
    const project = useTask('export default {};\n', script);
    expect((await project.call('once', ...ON, ...FLAGS)).code).toBe(0);
    writeFileSync(project.path('broken'), '');
    expect((await project.call('once', ...ON, ...FLAGS)).code).toBe(157);
    expect(targets(project)).toEqual(['web', null]);
    expect(JSON.parse(readFileSync(project.path('told.json'), 'utf8'))).toMatchObject({
      ...{ task: 'works', loop: 'prompt', iteration: 2, dry_run: false },
      targets: { web: { iterations: 1, succeeded: 1, last_outcome: 'succeeded' } },
    });
    expect(project.eventsNamed('iteration_skip').map(({ details }) => details['reason'])).toEqual([
      expect.stringMatching(/selector\.sh ended with exit code 4: lost its database\.$/),
    ]);
    expect(project.outcomes()).toEqual(['succeeded', 'selection_failed']);
  });
});

describe('a loop whose task orders its targets itself', () => {
  /** What `bad` comes to is never good enough. */
  const GATES = `gates: ({ target }) => target === 'bad' ? [{ name: 'no', command: ['false'] }] : []`;
  const WORKS = 'echo done';

  it.each([
    ['a program', `{ ${GATES} }`, 'printf "bad\\ngood\\n"'],
    ['a function', `{ selector: () => ['bad', 'good'], ${GATES} }`, undefined],
    [
      'selectTarget',
      `{ selectTarget: () => ({ target: 'bad', candidates: ['bad', 'good'] }), ${GATES} }`,
      undefined,
    ],
  ])('moves on from one that fails validation twice: %s', async (_, module, selector) => {
    const project = useTask(`export default ${module};\n`, selector, WORKS);
    expect((await project.call('run', ...ON, ...FLAGS, '--max', '4')).code).toBe(0);
    expect(targets(project)).toEqual(['bad', 'bad', 'good', 'good']);
    const warnings = project.eventsNamed('warning').filter(({ iteration }) => iteration !== null);
    expect(warnings).toMatchObject([
      {
        iteration: 2,
        details: {
          code: 'target_quarantined',
          target: 'bad',
          reason: 'its work did not pass validation 2 times in a row',
          until: expect.stringMatching(/^2/),
        },
      },
    ]);
    const { out } = await project.call('select', ...ON);
    expect(out).toMatch(/would work on good/);
    expect(out).toMatch(/bad +quarantined: its work did not pass validation 2 times in a row/);
    const dry = await project.call('dry-run', '--json', ...ON, ...FLAGS);
    expect(JSON.parse(dry.out)).toMatchObject({ target: 'good' });
  });

  it('says so where none is left, and that not all is done where its task says that it is', async () => {
    const project = useTask(
      `export default { selector: () => ['bad'], ${GATES}, isComplete: ({ iteration }) => iteration === 3 };\n`,
      undefined,
      WORKS,
    );
    const { code, out } = await project.call('run', ...ON, ...FLAGS);
    expect(code, out).toBe(157);
    expect(project.outcomes()).toEqual([
      'validation_failed',
      'validation_failed',
      'selection_failed',
    ]);
    expect(project.eventsNamed('loop_end').at(-1)?.details).toMatchObject({ reason: 'complete' });
    expect((await project.call('select', ...ON)).code).toBe(157);
  });

  it('tells it once, and chooses the same, though its runner is killed while the iteration is summed up', async () => {
    const hangs = `afterIteration: async ({ iteration, workspace }) => {
      if (iteration === 2 && !existsSync(workspace + '/go')) {
        writeFileSync(workspace + '/hangs', '');
        await new Promise(() => {});
      }
    }`;
    const project = useTask(
      `import { existsSync, writeFileSync } from 'node:fs';
      export default { selector: () => ['bad', 'good'], ${GATES}, ${hangs} };\n`,
      undefined,
      WORKS,
    );
    const run = project.begin('run', ...ON, ...FLAGS, '--max', '3');
    await eventually('the hook hangs', () => project.has('hangs'));
    kill(Number(readFileSync(project.data('loop.pid'), 'utf8')));
    await run.end;
    project.write('go', '');
    expect((await project.call('run', ...ON, ...FLAGS, '--max', '3')).code).toBe(0);
    expect(targets(project)).toEqual(['bad', 'bad', 'good']);
    const codes = project.eventsNamed('warning').map(({ details }) => details['code']);
    expect(codes.filter((code) => code === 'target_quarantined')).toHaveLength(1);
  });

  it('is left to it where its rules say so', async () => {
    const rules = 'scoring: { quarantineAfterValidations: 0 }';
    const module = `export default { selector: () => ['bad'], ${GATES}, ${rules} };\n`;
    const project = useTask(module, undefined, WORKS);
    await project.call('run', ...ON, ...FLAGS, '--max', '3');
    expect(targets(project)).toEqual(['bad', 'bad', 'bad']);
    expect(project.eventsNamed('warning').map(({ details }) => details['code'])).not.toContain(
      'target_quarantined',
    );
  });
});

/** Events tell milliseconds otherwise than the clock of the runner. */
function withoutDuration({ targets: all }: { targets: object }): unknown {
  return Object.fromEntries(
    Object.entries(all).map(([name, record]: [string, object]) => [
      name,
      { ...record, duration: 0, last_at: '' },
    ]),
  );
}
